// Hands for a week grid: a drag or Shift with the arrows marks a rectangle of cells; letting go, Space or Enter paints it.
// What is open is the server's business; here live only the mark and the focus.
const held = new WeakMap();

function cellOf(node) {
  return node?.closest?.('.week-cell') ?? null;
}

function place(cell) {
  return { day: Number(cell.dataset.day), hour: Number(cell.dataset.hour) };
}

function cellAt(grid, { day, hour }) {
  return grid.querySelector(`.week-cell[data-day="${day}"][data-hour="${hour}"]`);
}

function mark(grid, from, to) {
  const inside = (value, a, b) => value >= Math.min(a, b) && value <= Math.max(a, b);
  for (const cell of grid.querySelectorAll('.week-cell')) {
    const at = place(cell);
    const on = from && inside(at.day, from.day, to.day) && inside(at.hour, from.hour, to.hour);
    cell.classList.toggle('marked', Boolean(on));
  }
}

function focus(grid, cell) {
  for (const other of grid.querySelectorAll('.week-cell[tabindex="0"]')) {
    other.tabIndex = -1;
  }
  cell.tabIndex = 0;
  cell.focus();
}

class Hands {
  constructor(grid, component) {
    this.grid = grid;
    this.component = component;
    this.from = null;
    this.to = null;
    this.leave = new AbortController();
    const on = (type, handler, target = grid) => target.addEventListener(type, handler, { signal: this.leave.signal });
    on('pointerdown', (e) => this.press(e));
    on('pointermove', (e) => this.drag(e));
    on('pointerup', (e) => this.lift(e), document);
    on('pointercancel', () => this.drop(), document);
    on('keydown', (e) => this.key(e));
    on('click', (e) => this.click(e));
  }

  press(event) {
    const cell = cellOf(event.target);
    if (!cell || event.button !== 0) {
      return;
    }
    event.preventDefault();
    focus(this.grid, cell);
    this.from = this.to = place(cell);
    this.dragging = true;
    mark(this.grid, this.from, this.to);
  }

  drag(event) {
    // A finger keeps its events on the cell it began on, so the place decides and not the target.
    const cell = this.dragging && cellOf(document.elementFromPoint(event.clientX, event.clientY));
    if (cell && this.grid.contains(cell)) {
      this.to = place(cell);
      mark(this.grid, this.from, this.to);
    }
  }

  lift(event) {
    if (this.dragging && event.button === 0) {
      this.paint();
    }
  }

  drop() {
    this.dragging = false;
    this.from = this.to = null;
    mark(this.grid, null);
  }

  paint() {
    const { from, to } = this;
    this.drop();
    this.component.invokeMethodAsync('PaintAsync', from.day, from.hour, to.day, to.hour);
  }

  // Screen readers and voice control click without a pointer.
  click(event) {
    const cell = cellOf(event.target);
    if (cell && event.detail === 0) {
      this.from = this.to = place(cell);
      this.paint();
    }
  }

  key(event) {
    const cell = cellOf(event.target);
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -24], End: [0, 24] }[event.key];
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (step) {
      event.preventDefault();
      event.stopPropagation();
      const at = place(cell);
      const next = { day: Math.min(6, Math.max(0, at.day + step[0])), hour: Math.min(23, Math.max(0, at.hour + step[1])) };
      this.from = event.shiftKey ? (this.from ?? at) : null;
      this.to = event.shiftKey ? next : null;
      mark(this.grid, this.from, this.to);
      focus(this.grid, cellAt(this.grid, next));
    } else if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      this.from ??= place(cell);
      this.to ??= place(cell);
      this.paint();
    } else if (event.key === 'Escape' && this.from) {
      event.stopPropagation();
      this.drop();
    }
  }
}

export function hold(grid, component) {
  release(grid);
  held.set(grid, new Hands(grid, component));
}

export function release(grid) {
  held.get(grid)?.leave.abort();
  held.delete(grid);
}
