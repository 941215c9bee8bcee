// Renews the session cookie while someone uses the page, and tells the circuit, which cannot see cookies.
let guard;
let timer;
let used = false;
let ended = false;

async function renew() {
  try {
    const response = await fetch('/account/session', { method: 'POST', redirect: 'manual' });
    if (response.ok) {
      await guard?.invokeMethodAsync('Renewed', await response.text());
    }
  } catch {
    // Offline: the next try comes by itself, and the page says that it lost its connection.
  }
}

function onUse() {
  used = true;
}

function onReturn() {
  if (ended && document.visibilityState === 'visible') {
    renew();
  }
}

export function start(component, everyMilliseconds) {
  guard = component;
  for (const event of ['pointerdown', 'keydown', 'wheel']) {
    document.addEventListener(event, onUse, { passive: true, capture: true });
  }
  document.addEventListener('visibilitychange', onReturn);
  window.addEventListener('focus', onReturn);
  timer = setInterval(() => {
    if (used && !ended) {
      used = false;
      renew();
    }
  }, everyMilliseconds);
  renew();
}

export function show(isEnded) {
  ended = isEnded;
  const dialog = document.getElementById('session-ended');
  if (dialog && !dialog.open) {
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    dialog.showModal();
  }
}

export function stop() {
  clearInterval(timer);
  for (const event of ['pointerdown', 'keydown', 'wheel']) {
    document.removeEventListener(event, onUse, { capture: true });
  }
  document.removeEventListener('visibilitychange', onReturn);
  window.removeEventListener('focus', onReturn);
  guard = undefined;
}

export function reload() {
  location.reload();
}
