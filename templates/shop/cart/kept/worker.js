import start from "{{ files[0] | replace('css/all.css', 'js/cart-worker.js') }}";
start({ cache: "cart-{{ lang }}-{{ files[0] }}", offline: {{ offline | tojson }}, files: {{ files | tojson }} });
