// Keyboard for lists: in an element with data-list-keys, arrows (or j and k) move between the rows' links and follow them
// while a side panel is open; Escape closes the panel. Everything also works with Tab and Enter alone.
function links(list) {
  return [...list.querySelectorAll('tbody .row-link')];
}

function typing(target) {
  return target.closest?.('input:not([type=checkbox]), select, textarea, [contenteditable], dialog, [popover]');
}

function move(event) {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  const list = document.querySelector('[data-list-keys]');
  if (!step || !list || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const all = links(list);
  if (all.length === 0) {
    return;
  }
  const focused = all.indexOf(document.activeElement?.closest('tr')?.querySelector('.row-link'));
  const open = all.findIndex((link) => link.getAttribute('aria-current') === 'true');
  const from = focused >= 0 ? focused : open;
  const next = from < 0 ? 0 : Math.min(all.length - 1, Math.max(0, from + step));
  event.preventDefault();
  all[next].focus();
  all[next].closest('tr').scrollIntoView({ block: 'nearest' });
  if (document.querySelector('[data-close-href]') && next !== open) {
    all[next].click();
  }
}

function close(event) {
  const panel = document.querySelector('[data-close-href]');
  if (event.key !== 'Escape' || !panel || typing(event.target) || document.querySelector('.rz-dialog, [popover]:popover-open')) {
    return;
  }
  panel.querySelector('a[aria-label="Close"]')?.click();
}

document.addEventListener('keydown', (event) => {
  move(event);
  close(event);
});
