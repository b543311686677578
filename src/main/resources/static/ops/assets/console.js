// What the console needs and neither HTML nor htmx can do. Without it every page still works, in UTC.
(() => {
  'use strict';
  const language = document.documentElement.lang || 'en';
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // --- Times: from UTC to the reader's zone. The exact instant stays in the title.
  const styles = {
    full: { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    short: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    ago: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
    clock: { hour: '2-digit', minute: '2-digit' },
    day: { month: 'short', day: 'numeric' },
  };
  const formats = Object.fromEntries(Object.entries(styles).map(
    ([name, options]) => [name, new Intl.DateTimeFormat(language, { ...options, hourCycle: 'h23' })]));
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });

  function ago(date) {
    const seconds = Math.round((date - Date.now()) / 1000);
    for (const [unit, length] of [['day', 86400], ['hour', 3600], ['minute', 60]]) {
      if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
    }
    return relative.format(seconds, 'second');
  }

  function local(instant, style) {
    const date = new Date(instant);
    const text = (formats[style] || formats.full).format(date);
    return style === 'ago' ? `${text} (${ago(date)})` : text;
  }

  function localise(root) {
    $$('time[datetime]', root).forEach(time => { time.textContent = local(time.dateTime, time.dataset.style); });
    $$('text[data-at]', root).forEach(text => { text.textContent = local(text.dataset.at, text.dataset.style); });
    $$('g[data-at] > title', root).forEach(title => {
      const bar = title.parentNode.dataset;
      title.textContent = `${local(bar.at, 'short')} · ${bar.text}`;
    });
    $$('input[type=datetime-local][data-at]', root).forEach(input => { input.value = wall(new Date(input.dataset.at)); });
  }

  const wall = date => new Date(date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 19);

  // --- Forms: times leave as instants, and empty fields not at all, so that addresses stay short.
  document.addEventListener('formdata', event => {
    if (event.target.method !== 'get') return;
    $$('input[type=datetime-local]', event.target).filter(input => input.value).forEach(input => {
      event.formData.set(input.name, new Date(input.value).toISOString().replace('.000', ''));
    });
    [...event.formData.keys()].forEach(name => {
      if (event.formData.getAll(name).every(value => value === '')) event.formData.delete(name);
    });
  });

  // --- Copying, and the key that leads to the search.
  document.addEventListener('click', event => {
    const button = event.target.closest('button[data-copies]');
    if (button) copy(document.getElementById(button.dataset.copies), button);
  });

  async function copy(source, button) {
    try {
      await navigator.clipboard.writeText(source.textContent);
    } catch (insecure) { // The clipboard's own interface wants https.
      const range = document.createRange();
      range.selectNodeContents(source);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.execCommand('copy');
    }
    const before = button.textContent;
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = before; }, 1500);
  }

  document.addEventListener('keydown', event => {
    const typing = event.target.closest('input, textarea, select, [contenteditable]');
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      document.getElementById('find')?.focus();
    }
  });

  // --- What keeps itself up to date: not while nobody looks, and never silently stale.
  document.addEventListener('htmx:beforeRequest', event => {
    const polls = (event.detail.elt.getAttribute('hx-trigger') || '').startsWith('every');
    if (polls && (document.hidden || document.querySelector('dialog[open]'))) event.preventDefault();
  });

  // What is swapped besides is left alone while it is as it was, and of links only the addresses are changed: it would be
  // read out again, lose the focus, or go from under a click.
  document.addEventListener('htmx:oobBeforeSwap', event => {
    const old = event.target;
    const fresh = event.detail.fragment.firstElementChild;
    if ('links' in old.dataset) {
      const addresses = $$('a', fresh).map(link => link.getAttribute('href'));
      $$('a', old).forEach((link, i) => { link.setAttribute('href', addresses[i]); });
    }
    const same = 'state' in old.dataset && old.dataset.state === fresh.dataset.state;
    if ('links' in old.dataset || same) event.preventDefault();
  });

  // A search that was stopped, or has to wait, says so in the place of its results.
  document.addEventListener('htmx:beforeSwap', event => {
    const { xhr, target } = event.detail;
    if (xhr.status === 503 && target.id === 'results' && xhr.responseText.includes('id="results"')) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  // The focus htmx keeps itself, where there is an id.
  const scrolled = {};
  document.addEventListener('htmx:beforeSwap', () => {
    $$('.scroll, .strip').forEach(one => { scrolled[one.id] = one.scrollLeft; });
  });
  document.addEventListener('htmx:afterSwap', () => {
    $$('.scroll, .strip').forEach(one => { if (one.id in scrolled) one.scrollLeft = scrolled[one.id]; });
  });

  function lost(kind) {
    const line = document.getElementById('connection');
    if (!line) return;
    line.hidden = !kind;
    line.textContent = kind ? line.dataset[kind] : '';
    document.body.classList.toggle('stale', Boolean(kind));
  }
  document.addEventListener('htmx:sendError', () => lost('lost'));
  document.addEventListener('htmx:timeout', () => lost('lost'));
  document.addEventListener('htmx:responseError', () => lost('failing'));
  document.addEventListener('htmx:afterOnLoad', event => { if (event.detail.xhr.status < 400) lost(null); });
  document.addEventListener('htmx:load', event => localise(event.detail.elt.parentNode || document));

  // On a phone the list comes first: the filter opens when it is wanted, or says something.
  const filter = document.querySelector('#filter details');
  if (filter && matchMedia('(max-width: 52rem)').matches && !location.search) filter.open = false;

  localise(document);
  const zone = document.getElementById('zone');
  if (zone) zone.textContent = zone.dataset.text.replace('{0}', Intl.DateTimeFormat().resolvedOptions().timeZone);
})();
