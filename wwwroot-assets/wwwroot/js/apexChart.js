// Draws ApexCharts with our tokens and redraws when the theme changes.
import ApexCharts from '../lib/apexcharts/apexcharts.esm.js';

const probe = document.createElement('span');
probe.hidden = true;
document.body.append(probe);

/** A token such as "var(--done)" as the colour it stands for now. */
function colour(value) {
  probe.style.color = '';
  probe.style.color = value;
  const rgb = getComputedStyle(probe).color.match(/[\d.]+/g);
  return `#${rgb
    .slice(0, 3)
    .map((part) => Math.round(Number(part)).toString(16).padStart(2, '0'))
    .join('')}`;
}

function resolve(value) {
  if (typeof value === 'string') {
    return value.startsWith('var(') ? colour(value) : value;
  }
  if (Array.isArray(value)) {
    return value.map(resolve);
  }
  return value && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolve(part)]))
    : value;
}

function merge(base, over) {
  if (!over || typeof over !== 'object' || Array.isArray(over)) {
    return over;
  }
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = below && typeof below === 'object' && !Array.isArray(below) ? merge(below, value) : value;
  }
  return merged;
}

function defaults(height) {
  const label = { colors: 'var(--text-muted)', fontSize: '12px' };
  return {
    chart: {
      height,
      width: '100%',
      background: 'transparent',
      fontFamily: 'Inter Variable, sans-serif',
      toolbar: { show: false },
      zoom: { enabled: false },
      animations: { enabled: false },
      parentHeightOffset: 0,
    },
    fill: { opacity: 1 },
    dataLabels: { enabled: false },
    stroke: { width: 0 },
    states: { hover: { filter: { type: 'none' } }, active: { filter: { type: 'none' } } },
    grid: { borderColor: 'var(--border)', strokeDashArray: 0, padding: { left: 8, right: 8, top: -12, bottom: 0 } },
    legend: { position: 'top', horizontalAlign: 'left', fontSize: '12px', labels: { colors: 'var(--text-muted)' }, markers: { size: 5, strokeWidth: 0, offsetX: -3 }, itemMargin: { horizontal: 10 }, offsetX: -8 },
    xaxis: { labels: { style: label, rotate: 0, hideOverlappingLabels: false, trim: false }, axisBorder: { color: 'var(--border)' }, axisTicks: { show: false }, crosshairs: { show: false } },
    yaxis: { labels: { style: label }, forceNiceScale: true },
    tooltip: { intersect: false, shared: true },
    noData: { text: 'Nothing yet', style: { color: 'var(--text-muted)', fontSize: '13px' } },
  };
}

export function create(element, options, height) {
  let shown = options;
  const themed = () => resolve(merge(defaults(height), shown));
  const chart = new ApexCharts(element, themed());
  const ready = chart.render();
  const redraw = () => ready.then(() => chart.updateOptions(themed(), false, false));
  document.addEventListener('themechange', redraw);
  return {
    update(next) {
      shown = next;
      redraw();
    },
    destroy() {
      document.removeEventListener('themechange', redraw);
      chart.destroy();
    },
  };
}
