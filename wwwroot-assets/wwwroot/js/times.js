// Keeps every <time data-relative> current without asking the server: one timer for the page, coarse steps.
const units = [
  ['d', 86400],
  ['h', 3600],
  ['min', 60],
];

export function relative(seconds) {
  const distance = Math.abs(seconds);
  if (distance < 45) {
    return seconds > 0 ? 'in a moment' : 'just now';
  }
  let text;
  if (distance >= 86400 * 2) {
    text = `${Math.floor(distance / 86400)} d`;
  } else {
    const parts = [];
    let rest = Math.round(distance / 60) * 60;
    for (const [name, size] of units) {
      const count = Math.floor(rest / size);
      rest -= count * size;
      if (count > 0 || parts.length > 0) {
        parts.push(`${count} ${name}`);
      }
    }
    text = parts
      .slice(0, 2)
      .filter((part) => !part.startsWith('0 '))
      .join(' ');
  }
  return seconds > 0 ? `in ${text}` : `${text} ago`;
}

function refresh() {
  const now = Date.now();
  for (const element of document.querySelectorAll('time[data-relative]')) {
    const at = Date.parse(element.dateTime);
    if (!Number.isNaN(at)) {
      const text = relative((at - now) / 1000);
      const node = element.firstChild;
      if (node && node.nodeType === Node.TEXT_NODE && node.data !== text) {
        node.data = text;
      }
    }
  }
}

setInterval(refresh, 15000);
document.addEventListener('visibilitychange', () => document.hidden || refresh());
