{% load static %}import { flush } from "{% static 'js/outbox.js' %}";
import { serve } from "{% static 'js/worker/serve.js' %}";

serve({
  assets: [{% for asset in assets %}"{{ asset }}"{% if not forloop.last %}, {% endif %}{% endfor %}],
  offline: "{% url 'offline' %}",
  ahead: "{% url 'training:pages_ahead' %}",
  budget: {{ budget }},
  words: {
    silent: "Your server does not answer.",
    broken: "Your server could not answer.",
    stranger: "Something else answered in place of your server, perhaps the sign-in page of this Wi-Fi.",
    unsent: "Your server does not answer, so this was not sent. Nothing is lost: what you typed is still here. Send it again once there is a signal.",
    today: "today at {time}",
    earlier: "on {day} at {time}",
    evicted: `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>MetricGain</title><h1>Your server does not answer</h1><p>Your phone has deleted the pages that it had saved. They come back with the signal.</p><p>{waits}</p><p><a href="">Try again</a></p></html>`,
    waits: "One entry waits on this phone. It is sent once your server answers.",
    wait: "{n} entries wait on this phone. They are sent once your server answers.",
    note: `<saved-copy data-fresh="Your server answers again: the current page is here. " data-show="Show it"><p class="note" role="status">{why} This is the copy that your phone saved {when}. <a href="">Try again</a></p></saved-copy>`,
  },
  shares: { target: "{% url 'transfer:import_shared' %}", page: "{% url 'transfer:import_list' %}" },
  flush,
  app: { name: "MetricGain", icon: "{% static 'icons/app-192.png' %}", badge: "{% static 'icons/badge-96.png' %}" },
});
