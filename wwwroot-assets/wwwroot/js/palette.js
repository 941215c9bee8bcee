const listeners = new WeakMap();

export function attach(dialog, component) {
  const open = async () => {
    if (!dialog.open) {
      await component.invokeMethodAsync('Opening');
      dialog.showModal();
      const input = dialog.querySelector('input');
      input.value = '';
      input.focus();
    }
  };
  const outside = (event) => {
    if (event.target === dialog) {
      dialog.close();
    }
  };
  const arrows = (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      requestAnimationFrame(() =>
        dialog.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }),
      );
    }
  };
  document.addEventListener('openpalette', open);
  dialog.addEventListener('click', outside);
  dialog.addEventListener('keydown', arrows);
  listeners.set(dialog, open);
}

export function close(dialog) {
  dialog.close();
}

export function detach(dialog) {
  document.removeEventListener('openpalette', listeners.get(dialog));
}
