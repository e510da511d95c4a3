// The participant's page: one view of each theme, kept nowhere unless asked for, and cleared once it is saved.

const token = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => 'abcdefghjkmnpqrstuvwxyz23456789'[byte % 31]).join('');
let isChanged = false;

function viewIn() {
  const themes = {};
  matrix.themes.forEach((theme, index) => {
    const stage = valueOf(`t${index + 1}-stage`);
    const comment = textOf(`t${index + 1}-comment`);
    const found = { ...(isRated(stage) ? { stage } : {}), ...(comment ? { comment } : {}) };
    if (Object.keys(found).length) themes[theme.id] = found;
  });
  const code = codeRule ? { code: readCode(valueOf('code')).code } : {};
  return { format: '1', kind: 'individual-view', id: token, ...code, ...(config.place ? { place: config.place } : {}), matrix: matrix.ref, themes };
}

function drawProgress() {
  const answered = matrix.themes.filter((_, index) => valueOf(`t${index + 1}-stage`)).length;
  byId('progress').textContent = `${answered} of ${matrix.themes.length} themes answered.`;
}

// What the browser keeps other pages could read: answers are kept if that is asked for, and the code never is.
function toKeep() {
  const { values, lengths } = snapshot();
  delete values.code;
  return { values, lengths };
}

function keep() {
  if (valueOf('keep') === 'yes') {
    if (!kept.write(toKeep())) say('This browser could not keep what you typed last. Save your view before you close this page.');
  } else kept.remove();
}

function clearAll() {
  clearFields();
  kept.remove();
  isChanged = false;
  drawProgress();
  if (codeRule) drawCodeFault();
}

function faultsIn(view) {
  const { fault } = codeRule ? readCode(valueOf('code')) : {};
  const isAnswered = matrix.themes.some((_, index) => valueOf(`t${index + 1}-stage`)) || Object.keys(view.themes).length;
  return [
    ...(fault ? [{ id: 'code', message: fault }] : []),
    ...(isAnswered ? [] : [{ id: 't1-stage', message: 'Answer at least one theme; “I do not know” is an answer.' }]),
  ];
}

function save() {
  const view = viewIn();
  const faults = faultsIn(view);
  showErrors(faults);
  if (faults.length) return;
  const text = `# One person's view, for whoever gathers the views. It does not belong in a workspace.\n${yamlOf(view)}`;
  const name = `view-${config.place || 'place'}-${token.slice(0, 6)}.yaml`;
  saveAs(name, text);
  clearAll();
  byId('file').value = text;
  byId('file-part').hidden = false;
  byId('saved').textContent = `Saved as ${name}, where your browser keeps downloads. Send that file to whoever asked you for it, then delete it. The questions are empty again, and nothing is kept in this browser; the copy below goes when you remove it or close this page.`;
  byId('done').hidden = false;
  byId('done').focus();
}

function goTo(event, id) {
  event.preventDefault();
  const field = focusable(id);
  field.focus();
  field.scrollIntoView({ block: 'center' });
}

document.body.classList.add('with-script');
for (const part of document.querySelectorAll('.js')) part.hidden = false;
if (!kept.isPossible()) byId('keep-part').hidden = true;
const earlier = kept.read();
if (earlier && earlier.values) {
  restore({ ...earlier, lengths: {} });
  isChanged = true;
  say('Your answers are as you left them in this browser.');
}
drawProgress();
form.addEventListener('input', (event) => {
  isChanged = event.target.name !== 'keep' || isChanged;
  drawProgress();
  keep();
});
if (codeRule) byId('code').addEventListener('change', drawCodeFault);
form.addEventListener('submit', (event) => event.preventDefault());
byId('save').addEventListener('click', save);
byId('clear').addEventListener('click', () => {
  if (!window.confirm('Clear every answer on this page?')) return;
  clearAll();
  byId('file').value = '';
  byId('file-part').hidden = true;
  byId('done').hidden = true;
  say('Cleared.');
});
byId('forget').addEventListener('click', () => {
  byId('file').value = '';
  byId('file-part').hidden = true;
  say('The copy on this page was removed.');
  byId('done').focus();
});
window.addEventListener('beforeunload', (event) => {
  if (isChanged && (valueOf('keep') !== 'yes' || !kept.isCurrent())) event.preventDefault();
});
