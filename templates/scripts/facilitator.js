// The facilitator's page: one step at a time, what was said last time and by individuals after the choice, and saving.

const steps = ['start', ...matrix.themes.map((_, index) => `theme-${index + 1}`), 'end', 'result'];
let here = '';
let isChanged = false;
let hasComments = false;
let timer = 0;

function today() {
  const now = new Date();
  return [String(now.getFullYear()).padStart(4, '0'), String(now.getMonth() + 1).padStart(2, '0'), String(now.getDate()).padStart(2, '0')].join('-');
}

// The steps in the order that was chosen: as in the matrix, or with the themes first on which people differ most.
function course() {
  const ids = valueOf('order') === 'contested' ? config.contested : matrix.themes.map((theme) => theme.id);
  return ['start', ...ids.map((id) => `theme-${matrix.themes.findIndex((theme) => theme.id === id) + 1}`), 'end', 'result'];
}

function titleOf(step) {
  const heading = byId(step).querySelector('h2');
  return step.startsWith('theme-') ? matrix.themes[Number(step.slice(6)) - 1].name : heading.textContent;
}

function nameOfStep(field) {
  const step = field.closest('.step');
  const legend = field.querySelector('legend');
  return legend ? `${titleOf(step.id)}, ${legend.firstChild.textContent.trim().toLowerCase()}` : titleOf(step.id);
}

function show(step, focus) {
  here = steps.includes(step) ? step : 'start';
  for (const one of steps) byId(one).hidden = one !== here;
  document.body.classList.toggle('on-result', here === 'result');
  if (here === 'result') showResult();
  byId(here).querySelector('.news').append(byId('told'));
  drawContents();
  drawTurns();
  if (location.hash !== '#' + here) remember(here);
  keep();
  if (focus) {
    const heading = byId(here).querySelector('h2');
    heading.focus({ preventScroll: true });
    byId(here).scrollIntoView();
  }
}

// Lets the browser's Back lead to the step before; where a browser refuses, the page works without.
function remember(step) {
  try {
    history.pushState(null, '', '#' + step);
  } catch (error) {
    // Nothing is lost: the page has its own Back.
  }
}

// Follows a link into a step: the step is shown, then the place in it has the focus.
function goTo(event, id) {
  event.preventDefault();
  const step = steps.includes(id) ? byId(id) : byId(id).closest('.step');
  show(step.id, step.id === id);
  if (step.id !== id) {
    const field = focusable(id);
    (field || step.querySelector('h2')).focus();
    (field || step).scrollIntoView({ block: 'center' });
  }
}

function stateOf(index) {
  return valueOf(`t${index + 1}-stage`);
}

function drawContents() {
  const list = byId('contents').querySelector('ol');
  const judged = matrix.themes.filter((_, index) => stateOf(index)).length;
  byId('progress').textContent = `${judged} of ${matrix.themes.length} themes judged`;
  list.replaceChildren(
    ...course().map((step) => {
      const index = step.startsWith('theme-') ? Number(step.slice(6)) - 1 : -1;
      const state = index < 0 ? '' : stateOf(index);
      const told = index < 0 ? '' : `: ${state ? nameOf(state) : 'to come'}`;
      return el('li', {}, el('a', { href: '#' + step, 'aria-current': step === here ? 'step' : null, onclick: (event) => goTo(event, step) }, titleOf(step)), told);
    }),
  );
}

function drawTurns() {
  const way = course();
  const place = way.indexOf(here);
  const link = (step, words, kind) => (step ? el('a', { class: 'button ' + kind, href: '#' + step, onclick: (event) => goTo(event, step) }, words) : null);
  const after = way[place + 1];
  byId(here).querySelector('.turns').replaceChildren(
    ...[
      link(after, `Next: ${after ? titleOf(after) : ''}`, ''),
      link(way[place - 1], 'Back', 'second'),
      here === 'result' ? null : el('button', { type: 'button', class: 'second', onclick: save }, 'Save a file now'),
    ].filter(Boolean),
  );
}

// What was said last time, and by individuals: after the choice, or before it where somebody asked for that.
function drawAfter(index) {
  const theme = matrix.themes[index];
  const box = byId(`t${index + 1}-after`);
  const state = stateOf(index);
  const isShown = Boolean(state) || valueOf('before') === 'yes';
  const parts = isShown ? [...aboutViews(theme, state), ...aboutLastTime(theme, state, index + 1)] : [];
  box.hidden = !parts.length;
  box.replaceChildren(...parts);
  const steps = stepsSince(theme, state);
  byId(`t${index + 1}-why`).textContent = whyQuestion(state, steps);
}

function aboutViews(theme, state) {
  const views = config.views[theme.id];
  if (!views) return [];
  const move = state ? ' ' + groupAndViews(state, views.middle, valueOf('agreed') === 'yes' ? 'agreed' : 'draft') : '';
  return [el('p', {}, el('strong', {}, 'What individuals said: '), `${views.line}.${move}`)];
}

function stepsSince(theme, state) {
  const before = config.last && config.last.states[theme.id];
  return isRated(before) && isRated(state) ? stagePosition(state) - stagePosition(before) : 0;
}

function aboutLastTime(theme, state, number) {
  const last = config.last;
  if (!last) return [];
  if (last.isStated) return [el('p', {}, `Last time (${inMonth(last.date)}) the theme's stage was not published.`)];
  if (!last.known.includes(theme.id)) return [];
  const told = last.themes[theme.id] || {};
  const steps = stepsSince(theme, state);
  const parts = [el('p', {}, el('strong', {}, `Last time (${inMonth(last.date)}): `), `${nameOf(last.states[theme.id])}.${steps ? ` ${stepsInWords(steps)} since then.` : ''}`)];
  if (told.rationale) parts.push(el('p', {}, `Why it was that: ${told.rationale}`));
  const carried = itemsOf(`t${number}-action`).map((_, index) => textOf(`t${number}-action-${index + 1}-action`));
  const open = (told.actions || []).filter((action) => !carried.includes(action.action));
  if (open.length) {
    const items = open.map((action) => el('li', {}, `${action.shown} `, el('button', { type: 'button', class: 'small', onclick: () => carryOver(action, number), 'aria-label': `Carry over: ${action.shown}` }, 'Carry over')));
    parts.push(el('p', {}, 'Still open from last time:'), el('ul', {}, ...items));
  }
  return parts;
}

function carryOver(action, number) {
  const list = `t${number}-action`;
  const free = itemsOf(list).findIndex(isEmptyItem);
  const place = free < 0 ? itemsOf(list).length + 1 : free + 1;
  setLength(list, Math.max(place, itemsOf(list).length));
  setTexts(`${list}-${place}`, action, ['action', 'owner']);
  setDate(`${list}-${place}-due`, action.due);
  changed();
  drawAfter(number - 1);
  byId(`${list}-${place}-action`).focus();
  say(`Carried over: ${action.shown}`);
}

function whyQuestion(state, steps) {
  if (state === NOT_APPLICABLE) return 'Why does the theme not apply?';
  if (state === NOT_ASSESSED) return 'Why was it not assessed?';
  if (steps) return `${stepsInWords(steps)} since last time: what has changed?`;
  return state ? `Why ${nameOf(state)}? What settled it?` : 'Why this stage? What settled it?';
}

// Puts a choice beside each criterion of a theme.
function openCriteria(theme, name) {
  for (const line of byId(name.replace('t', 'theme-')).querySelectorAll('[data-criterion]')) {
    if (line.querySelector('select')) continue;
    const id = line.dataset.criterion;
    const words = [['', 'Nobody can say'], ['met', 'Met'], ['partly', 'Partly met'], ['not-met', 'Not met']];
    const choice = el('select', { name: `${name}-criterion-${id}`, 'aria-label': line.textContent.trim() }, ...words.map(([value, word]) => el('option', { value }, word)));
    line.append(' ', choice);
  }
  const button = byId(`${name}-criteria`);
  if (button) button.hidden = true;
}

function drawSupport(index) {
  const theme = matrix.themes[index];
  const state = stateOf(index);
  const support = criteriaSupport(theme, criteriaIn(theme, `t${index + 1}`), state);
  const told = support ? `${criteriaInWords(support)}. ${criteriaWarning(support, state)}` : '';
  byId(`t${index + 1}-support`).textContent = told.trim();
}

function drawTheme(index) {
  drawAfter(index);
  drawSupport(index);
}

function changed() {
  isChanged = true;
  clearTimeout(timer);
  timer = setTimeout(keep, 300);
}

function keep() {
  if (!isChanged) return;
  const isKept = kept.write({ ...snapshot(), beside, here, base: config.base });
  byId('kept').textContent = isKept
    ? `Kept in this browser at ${new Date().toLocaleTimeString('en-GB')}. Any page opened from this computer's disk could read it.`
    : kept.isPossible()
      ? 'This browser could not keep what you typed last. Save a file before you close this page.'
      : 'This browser does not keep drafts for this page. Save a file before you close it.';
}

function save() {
  const faults = faultsIn(today());
  if (faults.length) {
    showErrors(faults);
    return;
  }
  showErrors([]);
  const data = assessmentIn();
  const schema = `# yaml-language-server: $schema=../../.pbp/assessment.${data.matrix.replace('@', '-')}.schema.json`;
  const text = `${schema}\n# Recorded with the form of pbp. It belongs in assessments/${data.place}/${data.date}.yaml\n${yamlOf(data)}`;
  byId('file').value = text;
  byId('file-part').hidden = false;
  saveAs(`${data.date}.yaml`, text);
  isChanged = false;
  kept.write({ ...snapshot(), beside, here, base: config.base });
  say(`Saved ${data.date}.yaml where your browser keeps downloads. It belongs in assessments/${data.place}/. If no file appeared, copy the text under “The file as text” on the page of the result.`);
}

function load(event) {
  const file = event.target.files[0];
  if (!file) return;
  if (file.size > 1048576) {
    refuse(file, 'It is over 1 MiB.');
    return;
  }
  file.text().then((text) => {
    try {
      const data = readYaml(text);
      const problem = problemWith(data);
      if (problem) throw new Error(problem);
      if (isChanged && !window.confirm(`Put the answers of ${visible(file.name)} in the place of those on this page, which are in no file yet?`)) {
        event.target.value = '';
        say('Nothing was replaced.');
        return;
      }
      fillIn(data);
      hasComments = /^\s*#(?! Recorded (with the form of pbp|up to here))/m.test(text);
      event.target.value = '';
      afterFilling();
      changed();
      const lost = hasComments ? ' Its comments (after #) are not kept in what this form saves.' : '';
      const agreed = data.status === 'agreed' ? ' It was agreed: if you change it, ask whoever keeps the files to record why.' : '';
      say(`Took up the answers of ${visible(file.name)}.${lost}${agreed}`);
      showErrors([]);
    } catch (error) {
      refuse(file, error.message);
    }
  });
}

function refuse(file, why) {
  byId('load').value = '';
  showErrors([{ id: 'load', message: `${visible(file.name)} was not taken up. ${why}` }]);
}

function afterFilling() {
  for (const field of form.querySelectorAll('input[type=text]')) drawDoubt(field);
  matrix.themes.forEach((_, index) => drawTheme(index));
  drawAgreed();
  drawContents();
}

function drawAgreed() {
  byId('agreed-details').hidden = valueOf('agreed') !== 'yes';
}

function deleteDraft() {
  if (!window.confirm('Delete every answer on this page and the draft in this browser? A file that you saved stays.')) return;
  kept.remove();
  begin();
  isChanged = false;
  byId('kept').textContent = '';
  show('start', true);
  say('The draft was deleted.');
}

function begin() {
  clearFields();
  beside = {};
  if (config.base) fillIn(config.base);
  if (config.contested.length) setValue('order', 'contested');
  afterFilling();
}

function onInput(event) {
  if (event.target.type === 'file') return; // choosing a file answers nothing
  changed();
  const name = event.target.name || '';
  const theme = /^t([0-9]+)-(stage|criterion)/.exec(name);
  if (theme) {
    drawTheme(Number(theme[1]) - 1);
    drawContents();
  }
  if (name === 'before') matrix.themes.forEach((_, index) => drawAfter(index));
  if (name === 'agreed') {
    drawAgreed();
    matrix.themes.forEach((_, index) => drawAfter(index));
  }
  if (name === 'order') {
    drawContents();
    drawTurns();
  }
  if (name === 'place') byId('place-id').textContent = placeIn() ? `Its folder is assessments/${placeIn()}.` : '';
}

function onClick(event) {
  const button = event.target.closest('button');
  if (!button) return;
  const list = button.closest('.list');
  if (button.classList.contains('add')) {
    setLength(list.id, itemsOf(list.id).length + 1);
    itemsOf(list.id).pop().querySelector('input, textarea').focus();
    changed();
  }
  if (button.classList.contains('remove')) {
    const item = button.closest('.item');
    const number = itemsOf(list.id).indexOf(item) + 1;
    if (!isEmptyItem(item) && !window.confirm(`Remove ${list.dataset.one} ${number} and what is written in it?`)) return;
    removeItem(list.id, number);
    list.querySelector('.add').focus();
    changed();
    say(`Removed ${list.dataset.one} ${number}.`);
  }
  if (button.classList.contains('criteria')) {
    const name = button.id.replace('-criteria', '');
    openCriteria(matrix.themes[Number(name.slice(1)) - 1], name);
    byId(name.replace('t', 'theme-')).querySelector('.cells select').focus();
  }
}

// Starts: scripts run, so what is only for them is shown, and what was kept of an earlier visit is put back.
document.body.classList.add('with-script');
for (const part of document.querySelectorAll('.js')) part.hidden = false;
begin();
const earlier = kept.read();
if (earlier && earlier.values) {
  beside = earlier.beside || {};
  matrix.themes.forEach((theme, index) => {
    if (Object.keys(earlier.values).some((name) => name.startsWith(`t${index + 1}-criterion-`))) openCriteria(theme, `t${index + 1}`);
  });
  restore(earlier);
  beside.views = { ...beside.views, ...viewsIn((config.base || {}).themes || {}) };
  isChanged = true;
  afterFilling();
  say('Your answers are as you left them in this browser. To begin afresh, choose Delete draft.');
}
form.addEventListener('input', onInput);
form.addEventListener('change', (event) => drawDoubt(event.target));
form.addEventListener('click', onClick);
form.addEventListener('submit', (event) => event.preventDefault());
byId('load').addEventListener('change', load);
byId('delete').addEventListener('click', deleteDraft);
byId('save').addEventListener('click', save);
byId('copy-word').addEventListener('click', () => copyResult(true));
byId('copy-text').addEventListener('click', () => copyResult(false));
byId('print').addEventListener('click', () => window.print());
window.addEventListener('storage', (event) => {
  if (event.key === kept.key && event.newValue) say('This form is open in another window too, and both keep their draft in one place. Save a file from each, then close one.');
});
window.addEventListener('popstate', () => show(location.hash.slice(1), true));
window.addEventListener('beforeunload', (event) => {
  keep();
  if (isChanged && !kept.isCurrent()) event.preventDefault();
});
show(steps.includes(location.hash.slice(1)) ? location.hash.slice(1) : (earlier && earlier.here) || 'start', false);
if (!kept.isPossible()) byId('kept').textContent = 'This browser does not keep drafts for this page. Save a file before you close it.';
