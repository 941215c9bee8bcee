// Works on every page, interactive or not: theme and navigation switches, menus that close, the palette's shortcut.
const root = document.documentElement;

function remember(name, value) {
  document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax`;
}

// The server shows times in the reader's zone.
remember('tz', Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');

function isDark() {
  const chosen = root.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

function applyTheme(theme) {
  root.dataset.theme = theme;
  for (const link of document.querySelectorAll('link[data-theme-of]')) {
    link.media = link.dataset.themeOf === theme ? 'all' : 'not all';
  }
  document.dispatchEvent(new Event('themechange'));
}

const actions = {
  theme() {
    const theme = isDark() ? 'light' : 'dark';
    applyTheme(theme);
    remember('theme', theme);
  },
  nav() {
    const collapsed = root.dataset.nav !== 'collapsed';
    root.dataset.nav = collapsed ? 'collapsed' : 'wide';
    remember('nav', root.dataset.nav);
  },
  palette() {
    document.dispatchEvent(new Event('openpalette'));
  },
  reload() {
    location.reload();
  },
  fullscreen(button) {
    const target = document.querySelector(button.dataset.target);
    if (document.fullscreenElement) {
      document.exitFullscreen();
    } else {
      target?.requestFullscreen?.();
    }
  },
};

document.addEventListener('click', (event) => {
  const trigger = event.target.closest('[data-action]');
  if (trigger) {
    actions[trigger.dataset.action]?.(trigger);
  }
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target) || event.target.closest('.menu-body a')) {
      menu.open = false;
    }
  }
});

document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    actions.palette();
  } else if (event.key === 'Escape') {
    for (const menu of document.querySelectorAll('details.menu[open]')) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
  }
});

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  if (!root.dataset.theme) {
    document.dispatchEvent(new Event('themechange'));
  }
});
