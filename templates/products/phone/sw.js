import start from "{{ files[0] | replace('css/all.css', 'js/phone/worker.js') }}";
import { keepPages } from "{{ files[0] | replace('css/all.css', 'js/pages-worker.js') }}";
import told from "{{ files[0] | replace('css/all.css', 'js/phone/told.js') }}";
start({ cache: "form-{{ lang }}-{{ files[0] }}", shells: {{ shells | tojson }}, files: {{ files | tojson }} });
keepPages({ build: "{{ files[0] }}", offline: {{ offline | tojson }}, files: [] });
told({{ told | tojson }}, {{ market.name | tojson }});
