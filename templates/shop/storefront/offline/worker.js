import start from "{{ files[0] | replace('css/all.css', 'js/pages-worker.js') }}";
start({ build: "{{ files[0] }}", offline: {{ offline | tojson }}, files: {{ files | tojson }} });
