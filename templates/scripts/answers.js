// From the fields to the assessment, in the order of a file, and back again.

// Said by the file that the form began with and not asked here; it stays in what is saved.
let beside = {};

function said(pairs) {
  return Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== '' && value !== null && value !== undefined));
}

function some(list) {
  return list.length ? list : null;
}

function filled(mapping) {
  return Object.keys(mapping).length ? mapping : null;
}

function assessmentIn() {
  const themes = Object.fromEntries(matrix.themes.map((theme, index) => [theme.id, themeIn(theme, index + 1)]).filter(([, value]) => value));
  const isAgreed = valueOf('agreed') === 'yes';
  return said({
    format: '1',
    place: placeIn(),
    date: dateIn('date'),
    matrix: matrix.ref,
    status: isAgreed ? 'agreed' : 'draft',
    agreed: isAgreed ? filled(said({ by: textOf('agreed-by'), date: dateIn('agreed-date'), minute: textOf('agreed-minute') })) : null,
    method: valueOf('method'),
    gathered: beside.gathered,
    reviewed: beside.reviewed,
    provenance: beside.provenance || config.provenance,
    summary: textOf('summary'),
    participants: some(itemsIn('participant', (name) => ({ organisation: textOf(name + '-organisation'), role: textOf(name + '-role') }))),
    themes,
    amendments: beside.amendments,
  });
}

function themeIn(theme, number) {
  const name = `t${number}`;
  const views = (beside.views || {})[theme.id];
  const found = said({
    stage: valueOf(`${name}-stage`),
    rationale: textOf(`${name}-rationale`),
    dissent: textOf(`${name}-dissent`),
    criteria: filled(criteriaIn(theme, name)),
    views,
    evidence: some(itemsIn(`${name}-evidence`, (item) => ({ title: textOf(item + '-title'), link: textOf(item + '-link'), date: dateIn(item + '-date') }))),
    target: filled(said({ stage: valueOf(`${name}-target`), by: dateIn(`${name}-target-by`) })),
    actions: some(itemsIn(`${name}-action`, actionIn)),
  });
  if (!Object.keys(found).length) return null;
  return found.stage || Object.keys(found).join() === 'views' ? found : { stage: NOT_ASSESSED, ...found };
}

function actionIn(item) {
  const found = { action: textOf(item + '-action'), owner: textOf(item + '-owner'), due: dateIn(item + '-due') };
  return Object.values(found).some(Boolean) ? { ...found, status: valueOf(item + '-status') || 'open' } : found;
}

function itemsIn(list, itemIn) {
  return itemsOf(list).map((_, index) => said(itemIn(`${list}-${index + 1}`))).filter((item) => Object.keys(item).length);
}

function criteriaIn(theme, name) {
  const ids = matrix.stages.flatMap((stage) => theme.criteria[stage.id] || []);
  return said(Object.fromEntries(ids.map((id) => [id, valueOf(`${name}-criterion-${id}`)])));
}

function placeIn() {
  return config.place || placeId(valueOf('place'));
}

// A Place's name as the name of its folder: lower-case words joined by hyphens.
function placeId(name) {
  return name.normalize('NFKD').replace(/[\u0300-\u036f'’]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '');
}

// What keeps the answers from being a file, each with the id of the place to mend it.
function faultsIn(today) {
  const faults = [];
  const fault = (id, message) => faults.push({ id, message });
  const place = placeIn();
  if (!place) fault('place', 'Write the name of the Place.');
  else if (!config.place && new RegExp(`^(${config.notPlaces})$`).test(place)) fault('place', `“${place}” cannot be the name of a folder: write the Place's name in full.`);
  const date = dateIn('date');
  if (date === '') fault('date', 'Write the day, or the month, of the workshop.');
  else if (date && date > today) fault('date', `${inFull(date)} has not come yet; write the day, or the month, of the workshop.`);
  for (const box of form.querySelectorAll('fieldset.date')) {
    if (dateIn(box.id) === null) fault(box.id, `${nameOfStep(box)}: this is not a date. Write a day, a month and a year, or only a month and a year.`);
  }
  matrix.themes.forEach((theme, index) => faultsOfTheme(theme, `t${index + 1}`, fault));
  itemsOf('participant').forEach((item, index) => {
    if (!isEmptyItem(item) && !textOf(`participant-${index + 1}-organisation`)) fault(`participant-${index + 1}-organisation`, `Who took part, ${index + 1}: write the organisation.`);
  });
  if (valueOf('agreed') === 'yes') faultsOfAgreement(date, today, fault);
  return faults;
}

function faultsOfTheme(theme, name, fault) {
  if (valueOf(`${name}-stage`) === NOT_APPLICABLE && !textOf(`${name}-rationale`)) fault(`${name}-rationale`, `${theme.name}: a theme that does not apply needs its reason.`);
  if (dateIn(`${name}-target-by`) && !valueOf(`${name}-target`)) fault(`${name}-target`, `${theme.name}: choose the target stage, or take its date out.`);
  itemsOf(`${name}-evidence`).forEach((item, index) => {
    const id = `${name}-evidence-${index + 1}`;
    if (!isEmptyItem(item) && !textOf(`${id}-title`)) fault(`${id}-title`, `${theme.name}, evidence ${index + 1}: write its title.`);
    const link = textOf(`${id}-link`);
    if (link && !isLink(link)) fault(`${id}-link`, `${theme.name}, evidence ${index + 1}: the link is not a web address that begins with https:// or http://.`);
  });
  itemsOf(`${name}-action`).forEach((_, index) => {
    const id = `${name}-action-${index + 1}`;
    const isBegun = textOf(`${id}-owner`) || dateIn(`${id}-due`) !== '';
    if (isBegun && !textOf(`${id}-action`)) fault(`${id}-action`, `${theme.name}, action ${index + 1}: write what is to be done.`);
  });
}

function faultsOfAgreement(date, today, fault) {
  if (!textOf('agreed-by')) fault('agreed-by', 'Write who agreed it, or say that it has not been agreed yet.');
  const agreed = dateIn('agreed-date');
  if (agreed === '') fault('agreed-date', 'Write when it was agreed, or say that it has not been agreed yet.');
  else if (agreed && agreed > today) fault('agreed-date', `${inFull(agreed)} has not come yet; write when it was agreed.`);
  else if (agreed && date && agreed < date.slice(0, agreed.length)) fault('agreed-date', `${inFull(agreed)} is before the assessment itself, ${inFull(date)}; write when it was agreed.`);
}

// A web address; or, as in a file that was loaded, the path of a file of the workspace.
function isLink(text) {
  if (/\s/.test(text)) return false;
  if ((beside.paths || []).includes(text)) return true;
  try {
    return /^https?:\/\/[^/?#]/i.test(text) && Boolean(new URL(text).host);
  } catch (error) {
    return false;
  }
}

// Puts an assessment into the fields, in which problemWith has found nothing.
function fillIn(data) {
  clearFields();
  const themes = data.themes || {};
  beside = {
    gathered: data.gathered,
    reviewed: data.reviewed,
    provenance: data.provenance,
    amendments: data.amendments,
    views: { ...viewsIn(themes), ...viewsIn((config.base || {}).themes || {}) }, // what the page shows comes first
    paths: Object.values(themes).flatMap((one) => ((one || {}).evidence || []).map((item) => item.link)).filter((link) => link && !/^[a-z]+:/i.test(link)),
  };
  if (!config.place) setValue('place', data.place);
  setDate('date', data.date);
  for (const [name, value] of Object.entries({ method: data.method, summary: data.summary })) setValue(name, value || '');
  fillList('participant', data.participants, (name, item) => setTexts(name, item, ['organisation', 'role']));
  setValue('agreed', data.status === 'agreed' ? 'yes' : 'no');
  const agreed = data.agreed || {};
  setTexts('agreed', agreed, ['by', 'minute']);
  setDate('agreed-date', agreed.date);
  matrix.themes.forEach((theme, index) => fillTheme(theme, `t${index + 1}`, themes[theme.id] || {}));
}

function fillTheme(theme, name, told) {
  setValue(`${name}-stage`, told.stage || '');
  setTexts(name, told, ['rationale', 'dissent']);
  if (told.criteria) openCriteria(theme, name);
  for (const [id, state] of Object.entries(told.criteria || {})) setValue(`${name}-criterion-${id}`, state);
  fillList(`${name}-evidence`, told.evidence, (item, one) => {
    setTexts(item, one, ['title', 'link']);
    setDate(`${item}-date`, one.date);
  });
  const target = told.target || {};
  setValue(`${name}-target`, target.stage || '');
  setDate(`${name}-target-by`, target.by);
  fillList(`${name}-action`, told.actions, (item, one) => {
    setTexts(item, one, ['action', 'owner']);
    setValue(`${item}-status`, one.status || 'open');
    setDate(`${item}-due`, one.due);
  });
}

function fillList(list, items, fill) {
  setLength(list, (items || []).length || 1);
  (items || []).forEach((item, index) => fill(`${list}-${index + 1}`, item));
}

function setTexts(name, source, keys) {
  for (const key of keys) setValue(`${name}-${key}`, source[key] || '');
}

// The tallies of a file, by theme: how many people chose each stage. One of too few people is let go.
function viewsIn(themes) {
  const numbers = (tally) => Object.fromEntries(Object.entries(tally).map(([stage, count]) => [stage, Number(count)]));
  const withViews = Object.keys(themes).filter((id) => themes[id] && themes[id].views);
  const tallies = withViews.map((id) => [id, numbers(themes[id].views)]);
  return Object.fromEntries(tallies.filter(([, tally]) => Object.values(tally).reduce((sum, count) => sum + count, 0) >= config.fewest));
}

const SHAPES = {
  '': ['format', 'place', 'date', 'matrix', 'status', 'agreed', 'method', 'gathered', 'reviewed', 'provenance', 'summary', 'participants', 'themes', 'amendments'],
  theme: ['stage', 'rationale', 'dissent', 'criteria', 'views', 'evidence', 'target', 'actions'],
  evidence: ['title', 'link', 'date'],
  action: ['action', 'owner', 'due', 'status'],
  participant: ['organisation', 'role'],
  agreed: ['by', 'date', 'minute'],
  target: ['stage', 'by'],
};

// Returns why data is no assessment that this form can take up; '' if it is one. A form that took up half of a file
// would lose the other half when it saves.
function problemWith(data) {
  if (data.kind === 'individual-view') return 'It holds the view of one person. Views are brought together with pbp import.';
  if ('stages' in data) return 'It is a matrix and not an assessment.';
  if (data.stated) return 'It records what was published, without theme stages.';
  if (!data.matrix || !data.place) return 'It is not an assessment: it names no Place or no matrix.';
  if (data.matrix !== matrix.ref) return `It was made with the matrix ${visible(String(data.matrix))}, and this form is for ${matrix.ref}.`;
  if (config.place && data.place !== config.place) return `It is of ${visible(String(data.place))}, and this form is for ${config.place}.`;
  return unknownIn(data, SHAPES[''], '') || Object.entries(mappingOr(data.themes)).map(([id, told]) => problemWithTheme(id, told)).find(Boolean) || problemWithParts(data);
}

function problemWithParts(data) {
  return (
    unknownIn(mappingOr(data.agreed), SHAPES.agreed, 'agreed') ||
    listOr(data.participants).map((one) => unknownIn(one, SHAPES.participant, 'participants')).find(Boolean) ||
    problemWithDates([data.date, mappingOr(data.agreed).date]) ||
    (data.method && !METHODS[data.method] ? `"${visible(String(data.method))}" is no method that the form knows.` : '') ||
    ''
  );
}

function problemWithTheme(id, told) {
  const theme = matrix.themes.find((one) => one.id === id);
  if (!theme) return `"${visible(id)}" is no theme of ${matrix.ref}.`;
  if (told === null) return '';
  const at = theme.name;
  const stages = [told.stage, mappingOr(told.target).stage, ...Object.keys(mappingOr(told.views)).flatMap(stagesIn)].filter((stage) => stage && stage !== NOT_ASSESSED && stage !== NOT_APPLICABLE);
  const ids = Object.values(theme.criteria).flat();
  const unknown = stages.find((stage) => !isRated(stage)) || Object.keys(mappingOr(told.criteria)).find((one) => !ids.includes(one));
  if (unknown) return `${at}: "${visible(String(unknown))}" is neither a stage nor a criterion of it.`;
  const state = Object.values(mappingOr(told.criteria)).find((one) => !['met', 'partly', 'not-met'].includes(one));
  if (state) return `${at}: "${visible(String(state))}" is none of met, partly and not-met.`;
  return (
    unknownIn(told, SHAPES.theme, at) ||
    unknownIn(mappingOr(told.target), SHAPES.target, at) ||
    listOr(told.evidence).map((one) => unknownIn(one, SHAPES.evidence, at)).find(Boolean) ||
    listOr(told.actions).map((one) => unknownIn(one, SHAPES.action, at)).find(Boolean) ||
    problemWithDates([mappingOr(told.target).by, ...listOr(told.evidence).map((one) => one.date), ...listOr(told.actions).map((one) => one.due)]) ||
    ''
  );
}

function unknownIn(mapping, keys, at) {
  if (mapping === null || typeof mapping !== 'object' || Array.isArray(mapping)) return `${at || 'The file'}: keys and values are expected.`;
  const unknown = Object.keys(mapping).find((key) => !keys.includes(key));
  if (unknown !== undefined) return `${at ? at + ': ' : ''}"${visible(unknown)}" is not known here.`;
  const lists = ['evidence', 'actions', 'participants', 'amendments'];
  const mappings = ['themes', 'criteria', 'views', 'target', 'agreed', 'gathered'];
  for (const [key, value] of Object.entries(mapping)) {
    const isRight = value === null || (lists.includes(key) ? Array.isArray(value) : mappings.includes(key) ? typeof value === 'object' && !Array.isArray(value) : typeof value === 'string');
    if (!isRight) return `${at ? at + ': ' : ''}"${key}" holds something else than it should.`;
  }
  return '';
}

function problemWithDates(dates) {
  const wrong = dates.find((date) => date && !DATE.test(date));
  return wrong ? `"${visible(String(wrong))}" is not a date.` : '';
}

function mappingOr(value) {
  return value && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

function listOr(value) {
  return Array.isArray(value) ? value : [];
}
