// How answers become a result, in whole numbers. kunskapsbank/checks/scoring.py counts the same.

/** What part of the points that could be had was had, halves rounded up. `asked` are { weight, points, most }, with
 * null for the points of what counts for nothing. null where nothing counts. */
export function percent(asked) {
  const counted = asked.filter(({ points }) => points !== null);
  const most = counted.reduce((sum, one) => sum + one.weight * one.most, 0);
  if (!most) return null;
  const had = counted.reduce((sum, one) => sum + one.weight * one.points, 0);
  return Math.floor((200 * had + most) / (2 * most));
}

/** The last of the levels, each { from, … }, that begins at the percentage or below it. */
export function level(levels, found) {
  return levels.filter(({ from }) => from <= found).at(-1) ?? null;
}

/** What is furthest from the best, the heaviest first; equal ones as they stand. */
export function weakest(asked, number) {
  const lacks = (one) => one.weight * (one.most - one.points);
  const lacking = asked.filter((one) => one.points !== null && lacks(one) > 0);
  return lacking.sort((one, other) => lacks(other) - lacks(one)).slice(0, number);
}

/** Dimensions, each { present, wanted }, with the longest way to go first; then those that stand lowest. What is
 * not answered is left out, and where nothing is wanted the next level is. */
export function furthest(dimensions, number, highest) {
  const way = ({ present, wanted }) => (wanted ?? Math.min(present + 1, highest)) - present;
  const ahead = dimensions.filter((one) => one.present !== null && way(one) > 0);
  return ahead.sort((one, other) => way(other) - way(one) || one.present - other.present).slice(0, number);
}

/** What a plan lacks: goals without an action, without a follow-up, and actions without a goal. */
export function gaps(goals, actions) {
  const of = (goal) => actions.filter((action) => action.goal === goal.id);
  return {
    withoutAction: goals.filter((goal) => !of(goal).length),
    withoutFollowUp: goals.filter((goal) => of(goal).length && !of(goal).some((action) => action.followUp) && !goal.changed),
    withoutGoal: actions.filter((action) => !goals.some((goal) => goal.id === action.goal)),
  };
}
