// Forms with data-passkey="create|request": asks the device for a passkey, puts its answer into the form and posts it.
const urls = {
  create: '/account/passkeys/creation-options',
  request: '/account/passkeys/request-options',
};

async function options(form, kind) {
  const body = new FormData();
  body.set('__RequestVerificationToken', form.elements['__RequestVerificationToken'].value);
  const response = await fetch(urls[kind], { method: 'POST', body });
  if (!response.ok) {
    throw new Error('This page was open too long. Reload it and try again.');
  }
  return response.json();
}

async function credential(form, kind) {
  const json = await options(form, kind);
  if (kind === 'create') {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json);
    return navigator.credentials.create({ publicKey });
  }
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(json);
  return navigator.credentials.get({ publicKey });
}

async function onSubmit(event) {
  const form = event.target;
  const answer = form.querySelector('input[name$=".Credential"]');
  if (answer.value) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  const message = form.querySelector('[data-passkey-message]');
  message.textContent = '';
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
    message.textContent = 'This browser does not know passkeys.';
    return;
  }
  try {
    answer.value = JSON.stringify(await credential(form, form.dataset.passkey));
    form.requestSubmit();
  } catch (problem) {
    message.textContent =
      problem.name === 'NotAllowedError'
        ? 'The device did not confirm it, or you cancelled.'
        : problem.name === 'InvalidStateError'
          ? 'This device has a passkey for you already.'
          : problem.name === 'SecurityError'
            ? 'Passkeys need https and a host name in the address; here they cannot be used.'
            : problem.message;
  }
}

// On the document: pages outside the frame replace each other without loading this again.
document.addEventListener(
  'submit',
  (event) => {
    if (event.target.matches('form[data-passkey]')) {
      onSubmit(event);
    }
  },
  true,
);
