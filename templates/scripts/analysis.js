// What the answers amount to: overall stage, movement and criteria, worked out as pbp does. Stages are an order and are
// not averaged. A state is a stage's id, 'not-assessed' or 'not-applicable'; `matrix` is the form's own.

const NOT_ASSESSED = 'not-assessed';
const NOT_APPLICABLE = 'not-applicable';

function stagePosition(state) {
  return matrix.stages.findIndex((stage) => stage.id === state);
}

function isRated(state) {
  return stagePosition(state) >= 0;
}

// The highest stage that more than half of the rated themes have reached (the lower median), or the lowest of any.
function reached(positions) {
  return matrix.overall === 'minimum' ? positions[0] : positions[Math.floor((positions.length - 1) / 2)];
}

function overallOf(states) {
  const inOrder = (numbers) => numbers.slice().sort((a, b) => a - b);
  const positions = inOrder(states.filter(isRated).map(stagePosition));
  const unknown = states.filter((state) => state === NOT_ASSESSED).length;
  const counts = matrix.stages.map((_, index) => positions.filter((position) => position === index).length);
  const result = {
    stage: null,
    settled: null,
    rule: matrix.overall,
    assessed: positions.length,
    total: states.filter((state) => state !== NOT_APPLICABLE).length,
    counts,
    mostCommon: [],
    up: null,
    down: null,
  };
  if (!positions.length) return result;
  const last = matrix.stages.length - 1;
  const now = reached(positions);
  const lowest = reached(inOrder([...Array(unknown).fill(0), ...positions]));
  const highest = reached(inOrder([...positions, ...Array(unknown).fill(last)]));
  const most = Math.max(...counts);
  return {
    ...result,
    stage: matrix.stages[now].id,
    settled: lowest === highest,
    lowest: matrix.stages[lowest].id,
    highest: matrix.stages[highest].id,
    mostCommon: matrix.stages.filter((_, index) => counts[index] === most).map((stage) => stage.id),
    ...themesToChange(positions, now, last),
  };
}

// The fewest rated themes that would have to change for a higher or a lower overall stage.
function themesToChange(positions, now, last) {
  const count = (test) => positions.filter(test).length;
  if (matrix.overall === 'minimum') {
    return { up: now === last ? null : count((position) => position === now), down: now === 0 ? null : 1 };
  }
  const need = Math.floor(positions.length / 2) + 1;
  return {
    up: now === last ? null : need - count((position) => position > now),
    down: now === 0 ? null : count((position) => position >= now) - need + 1,
  };
}

function weakestThemes(states) {
  const positions = states.filter(isRated).map(stagePosition);
  const lowest = Math.min(...positions);
  if (new Set(positions).size < 2) return [];
  return matrix.themes.filter((_, index) => stagePosition(states[index]) === lowest);
}

// Each theme then and now; `last` is null where there is nothing to compare with. Themes that only the matrix of last
// time has come at the end.
function movementOf(last, states) {
  const now = matrix.themes.map((theme, index) => ({ id: theme.id, name: theme.name, to: states[index] }));
  const gone = last.gone.map((theme) => ({ id: theme.id, name: theme.name, to: NOT_ASSESSED, isGone: true }));
  const themes = [...now, ...gone].map((theme) => {
    const from = last.states[theme.id] || NOT_ASSESSED;
    return { ...theme, from, ...directionOf(from, theme.to) };
  });
  const count = (direction) => themes.filter((theme) => theme.direction === direction).length;
  return {
    themes,
    up: count('up'),
    down: count('down'),
    same: count('same'),
    newlyAssessed: count('newly-assessed'),
    noLongerAssessed: count('no-longer-assessed'),
  };
}

function directionOf(from, to) {
  if (isRated(from) && isRated(to)) {
    const difference = stagePosition(to) - stagePosition(from);
    return { direction: difference > 0 ? 'up' : difference < 0 ? 'down' : 'same', steps: difference };
  }
  if (isRated(to)) return { direction: 'newly-assessed', steps: null };
  return { direction: isRated(from) ? 'no-longer-assessed' : 'not-assessed', steps: null };
}

// The highest stage with all criteria met up to it: at least, if what is unknown is not met; at most, if it is.
// Null where no criterion is recorded; a stage is null where not even the first is supported.
function criteriaSupport(theme, recorded, stage) {
  const answered = Object.keys(recorded).length;
  if (!answered) return null;
  const highest = (isMet) => {
    const short = matrix.stages.findIndex((one) => !(theme.criteria[one.id] || []).every(isMet));
    return (short < 0 ? matrix.stages.length : short) - 1;
  };
  const atLeast = highest((id) => recorded[id] === 'met');
  const atMost = highest((id) => (recorded[id] || 'met') === 'met');
  const idAt = (position) => (position < 0 ? null : matrix.stages[position].id);
  return {
    atLeast: idAt(atLeast),
    atMost: idAt(atMost),
    answered,
    total: Object.values(theme.criteria).flat().length,
    judgedAbove: stagePosition(stage) > atMost,
  };
}
