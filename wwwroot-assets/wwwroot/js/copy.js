// A button with data-copy="id" copies the text of that element. Without the clipboard (plain http) the text is shown, selected.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  const source = button && document.getElementById(button.dataset.copy);
  if (!source) {
    return;
  }
  const label = button.querySelector("span:not(.icon)") ?? button;
  try {
    await navigator.clipboard.writeText(source.textContent);
    say(label, "Copied");
  } catch {
    source.hidden = false;
    getSelection().selectAllChildren(source);
    say(label, "Selected below: copy it from there");
  }
});

function say(label, text) {
  label.dataset.before ??= label.textContent;
  label.setAttribute("role", "status");
  label.textContent = text;
  clearTimeout(Number(label.dataset.timer));
  label.dataset.timer = setTimeout(() => {
    label.textContent = label.dataset.before;
  }, 2500);
}
