{% load static %}import { flush } from "{% static 'js/outbox.js' %}";
import { serve } from "{% static 'js/worker/serve.js' %}";

serve({
  assets: [{% for asset in assets %}"{{ asset }}"{% if not forloop.last %}, {% endif %}{% endfor %}],
  offline: "{% url 'offline' %}",
  ahead: "{% url 'training:pages_ahead' %}",
  budget: {{ budget }},
  flush,
});
