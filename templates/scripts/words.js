// Results as sentences, in the words of pbp show and pbp diff.

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const METHODS = { workshop: 'in a workshop', interviews: 'through interviews', survey: 'by a survey', 'desk-review': 'by a review of documents' };
const REVIEWS = { none: 'Nobody outside the partnership has reviewed it.', peer: 'It was reviewed by peers.', independent: 'It was reviewed independently.' };
const STATED = 'as published; theme stages not published';

function nameOf(state) {
  if (state === NOT_APPLICABLE) return 'Not applicable';
  const stage = matrix.stages.find((one) => one.id === state);
  return stage ? stage.name : 'Not assessed';
}

function inMonth(date) {
  return MONTHS[Number(date.slice(5, 7)) - 1].slice(0, 3) + ' ' + date.slice(0, 4);
}

function inFull(date) {
  const month = MONTHS[Number(date.slice(5, 7)) - 1] + ' ' + date.slice(0, 4);
  return date.length > 7 ? Number(date.slice(8)) + ' ' + month : month;
}

function together(first, second) {
  const hasDays = first.length > 7 && second.length > 7;
  if (inMonth(first) !== inMonth(second) || !hasDays) return [inMonth(first), inMonth(second)];
  return [first, second].map((date) => Number(date.slice(8)) + ' ' + inMonth(date));
}

function counted(count) {
  return count === 1 ? '1 theme' : count + ' themes';
}

function stageSoFar(result) {
  return nameOf(result.stage) + (result.settled === false ? ' so far' : '');
}

function placeWithMarks(record, last) {
  const marks = [];
  if (record.provenance === 'illustrative' || (last && last.provenance === 'illustrative')) marks.push('illustrative');
  if (record.status === 'draft' || (last && last.status === 'draft')) marks.push('draft');
  return record.placeName + (marks.length ? ' (' + marks.join(', ') + ')' : '');
}

function headline(record) {
  const result = record.overall;
  return `${placeWithMarks(record)}: ${stageSoFar(result)} overall, ${inMonth(record.date)} (${result.assessed} of ${result.total} themes assessed)`;
}

function headlineOfMovement(record, last, moved) {
  const then = last.overall;
  const now = record.overall;
  const [first, second] = together(last.date, record.date);
  const tally = last.isStated ? STATED : tallyOf(moved);
  const place = placeWithMarks(record, last);
  if (then.stage === now.stage) {
    const soFar = then.settled === false ? then : now;
    return `${place}: ${stageSoFar(soFar)} overall, ${first} and ${second} (no change; ${tally})`;
  }
  return `${place}: ${stageSoFar(then)} to ${stageSoFar(now)} overall, ${first} to ${second} (${tally})`;
}

function tallyOf(moved) {
  const rated = moved.up + moved.same + moved.down;
  let moves;
  if (!rated) moves = 'no theme assessed both times';
  else if (!moved.up && !moved.down) moves = 'no theme moved';
  else if (!moved.up) moves = `${moved.down} of ${rated} themes down`;
  else moves = `${moved.up} of ${rated} themes up` + (moved.down ? `, ${moved.down} down` : '');
  if (moved.newlyAssessed) moves += `, ${moved.newlyAssessed} newly assessed`;
  if (moved.noLongerAssessed) moves += `, ${moved.noLongerAssessed} no longer assessed`;
  return moves;
}

function overallLines(result) {
  return [settledness(result), howDerived(result), sturdiness(result), spread(result)].filter(Boolean);
}

function settledness(result) {
  if (result.settled !== false) return '';
  return `${nameOf(result.stage)} so far (${result.assessed} of ${result.total} themes assessed; with all, between ${nameOf(result.lowest)} and ${nameOf(result.highest)}).`;
}

function howDerived(result) {
  if (!result.stage) return 'No theme has been assessed, so there is no overall stage.';
  if (result.assessed === 1) return 'The overall stage is that of the one assessed theme.';
  const themes = result.assessed + ' assessed themes';
  if (result.rule === 'minimum') return `The overall stage is the lowest of any of the ${themes}, as the matrix asks.`;
  return `The overall stage is the highest that more than half of the ${themes} have reached. Stages are not averaged.`;
}

function sturdiness(result) {
  if (!result.stage) return '';
  const lower = result.down !== null ? `, and ${result.down} for a lower one` : '';
  const needed =
    result.up === null
      ? `${counted(result.down || 0)} would have to change for a lower overall stage`
      : `${counted(result.up)} would have to change for a higher overall stage${lower}`;
  const isClose = result.up === 1 || result.down === 1;
  if (!result.settled) return `Among the assessed themes, ${isClose ? 'close' : 'sturdy'}: ${needed}.`;
  return `${isClose ? 'Close' : 'Sturdy'}: ${needed}.`;
}

function spread(result) {
  if (!result.mostCommon.length) return '';
  const counts = matrix.stages.map((stage, index) => `${stage.name} ${result.counts[index]}`).join(', ');
  const names = result.mostCommon.map(nameOf);
  const last = names.pop();
  return `Themes at each stage: ${counts}. Most common: ${names.length ? names.join(', ') + ' and ' + last : last}.`;
}

function stepsInWords(difference) {
  if (!difference) return 'No change';
  const stages = Math.abs(difference) === 1 ? '1 stage' : Math.abs(difference) + ' stages';
  return (difference > 0 ? 'Up ' : 'Down ') + stages;
}

function changeInWords(theme, last) {
  if (last.isStated) return 'Not comparable';
  if (theme.steps !== null) return stepsInWords(theme.steps);
  if (theme.direction === 'not-assessed' && theme.to === NOT_APPLICABLE) return 'Not applicable';
  const words = theme.direction.replace(/-/g, ' ');
  return words[0].toUpperCase() + words.slice(1);
}

function overallChange(then, now) {
  if (then && now) return stepsInWords(stagePosition(now) - stagePosition(then));
  return then === now ? 'No change' : then ? 'No longer assessed' : 'Newly assessed';
}

function criteriaInWords(support) {
  const answered = `${support.answered} of ${support.total} answered`;
  if (support.atLeast === support.atMost) {
    if (support.atLeast) return `Criteria support ${nameOf(support.atLeast)}`;
    return `Criteria do not support ${matrix.stages[0].name} yet (${answered})`;
  }
  const least = support.atLeast ? `at least ${nameOf(support.atLeast)}, ` : '';
  return `Criteria support ${least}at most ${nameOf(support.atMost)} (${answered})`;
}

function criteriaWarning(support, stage) {
  if (!support.judgedAbove) return '';
  if (!support.atMost) return `Judged ${nameOf(stage)}, though the recorded criteria do not support even ${matrix.stages[0].name}.`;
  return `Judged ${nameOf(stage)}, which is above what the recorded criteria support at most: ${nameOf(support.atMost)}.`;
}

// What the group's stage is to the middle of the individual views.
function groupAndViews(state, middle, status) {
  if (state === NOT_APPLICABLE) return 'The group found that it does not apply.';
  if (!isRated(state)) return state === NOT_ASSESSED ? 'The group did not assess it.' : 'The group has not judged it yet.';
  const verb = status === 'agreed' ? 'agreed' : 'chose';
  const together = stagesIn(middle);
  if (together.length > 1) return `The group ${verb} ${nameOf(state)}, which is ${besideStages(state, together)} the middle view.`;
  const difference = stagePosition(state) - stagePosition(middle);
  if (!difference) return `The group ${verb} ${nameOf(state)}, which is the middle view.`;
  const stages = Math.abs(difference) === 1 ? '1 stage' : Math.abs(difference) + ' stages';
  return `The group ${verb} ${nameOf(state)}, ${stages} ${difference > 0 ? 'above' : 'below'} the middle view.`;
}

// Stages that are counted together are one key: their ids, joined by "or".
function stagesIn(cell) {
  return cell.split(' or ');
}

function besideStages(state, together) {
  if (stagePosition(state) < stagePosition(together[0])) return 'below';
  return stagePosition(state) > stagePosition(together[together.length - 1]) ? 'above' : 'within';
}

function agreementInWords(record) {
  if (record.status === 'draft') return 'Not agreed yet: this is a draft.';
  const agreed = record.agreed;
  const when = agreed.date && (agreed.date.length > 7 ? 'on ' : 'in ') + inFull(agreed.date);
  const parts = [agreed.by && 'by ' + agreed.by, when, agreed.minute && '(' + agreed.minute + ')'].filter(Boolean);
  return parts.length ? `Agreed ${parts.join(' ')}.` : 'Who agreed it, and when, is not recorded.';
}

function howMade(record) {
  const sentences = [record.method ? `Judged ${METHODS[record.method]}.` : 'How it was judged is not recorded.'];
  const gathered = record.gathered;
  if (gathered) sentences.push(gathered.to ? `Views gathered ${inFull(gathered.from)} to ${inFull(gathered.to)}.` : `Views gathered from ${inFull(gathered.from)}.`);
  sentences.push(record.reviewed ? REVIEWS[record.reviewed] : 'Whether anybody reviewed it is not recorded.');
  return sentences.join(' ');
}

function bannersOf(record, last) {
  const both = [...(last ? [last] : []), record];
  const kinds = [
    ['DRAFT', 'not agreed yet.', (one) => one.status === 'draft'],
    ['ILLUSTRATIVE', 'a made-up example that describes no real Place.', (one) => one.provenance === 'illustrative'],
    ['PUBLISHED SUMMARY', 'this records what was published and nothing more.', (one) => one.provenance === 'published-summary'],
  ];
  return kinds.flatMap(([kind, meaning, isMarked]) => {
    const marked = [record, ...(last ? [last] : [])].filter(isMarked);
    const which = marked.length < both.length ? ` (${marked.map((one) => inFull(one.date)).join(', ')})` : '';
    return marked.length ? [`${kind}${which}: ${meaning}`] : [];
  });
}

// What makes two assessments less than fully comparable.
function notesOf(record, last) {
  const notes = [];
  const words = (method) => method.replace(/-/g, ' ');
  if (last.method && record.method && last.method !== record.method) {
    notes.push(`The method changed from ${words(last.method)} to ${words(record.method)}.`);
  } else if (Boolean(last.method) !== Boolean(record.method)) {
    const known = last.method ? last : record;
    notes.push(`The method is recorded for one of the two only (${inMonth(known.date)}: ${words(known.method)}).`);
  }
  if (last.matrix !== record.matrix) {
    notes.push(`The matrix changed from ${last.matrix} to ${record.matrix}.`);
    if (last.gone.length) notes.push(`Only in ${last.matrix}: ${last.gone.map((theme) => theme.name).join('; ')}.`);
    if (last.added.length) notes.push(`Only in ${record.matrix}: ${last.added.map((theme) => theme.name).join('; ')}.`);
  }
  const then = Object.keys(last.states).filter((theme) => isRated(last.states[theme]));
  const now = matrix.themes.filter((_, index) => isRated(record.states[index])).map((theme) => theme.id);
  const both = now.filter((theme) => then.includes(theme)).length;
  if (!last.isStated && (then.length !== now.length || both !== now.length)) {
    notes.push(`The themes assessed differ: ${then.length} then, ${now.length} now, ${both} both times.`);
  }
  return notes;
}

// What an assessment does not say yet, as lines of a list.
function missingLines(record, moved) {
  const names = (test) => matrix.themes.filter((theme, index) => test(record.themes[theme.id] || {}, record.states[index], theme)).map((theme) => theme.name).join(', ');
  const changed = moved ? moved.themes.filter((theme) => theme.steps).map((theme) => theme.id) : [];
  const parts = [[record.method, 'how it was judged'], [record.participants.length, 'who took part'], [record.summary, 'the summary for the board']].filter(([is]) => !is).map(([, name]) => name);
  const kinds = [
    ['Not assessed', names((said, state) => state === NOT_ASSESSED)],
    ['Changed without a reason', names((said, state, theme) => isRated(state) && changed.includes(theme.id) && !said.rationale)],
    ['Not applicable without a reason', names((said, state) => state === NOT_APPLICABLE && !said.rationale)],
    ['Judged above what the criteria support', names((said, state, theme) => isRated(state) && (criteriaSupport(theme, said.criteria || {}, state) || {}).judgedAbove)],
    ['No evidence', names((said, state) => stagePosition(state) > 0 && !(said.evidence || []).length)],
    ['Not recorded', parts.join(', ')],
  ];
  return kinds.filter(([, found]) => found).map(([title, found]) => `${title}: ${found}`);
}
