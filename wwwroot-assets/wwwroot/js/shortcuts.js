// One-letter keys for the actions of a page: in an element with data-shortcut="a", the button answers to "a". A button that
// cannot be pressed yet leads to the field that it waits for (data-note).
function busy(target) {
  return target.closest?.('input:not([type=checkbox]), select, textarea, [contenteditable], dialog, [popover]')
    || document.querySelector('.rz-dialog, [popover]:popover-open');
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || busy(event.target)) {
    return;
  }
  const place = document.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`);
  const button = place?.querySelector('button');
  if (!button) {
    return;
  }
  event.preventDefault();
  if (button.disabled) {
    document.querySelector('[data-note]')?.focus();
  } else {
    button.click();
  }
});
