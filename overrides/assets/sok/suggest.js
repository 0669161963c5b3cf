// The word that a misspelt one may have been meant to be.

const LONG = 8;

/** The nearest of some words, which stand with the most common first; null where none is near. Two slips are
 * believed of a long word only: of a short one they make nearly any other. */
export function nearest(word, words) {
  const most = word.length < LONG ? 1 : 2;
  let best = null;
  let least = most + 1;
  for (const other of words) {
    if (Math.abs(other.length - word.length) >= least) continue;
    const distance = distanceOf(word, other, least);
    if (distance < least) [best, least] = [other, distance];
  }
  return best;
}

/** How many letters must be changed, added, taken away or swapped with the next one; never more than told of. */
function distanceOf(a, b, most) {
  let before = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(above[column] + 1, line[column - 1] + 1, above[column - 1] + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, before[column - 2] + 1);
      }
      line.push(cost);
    }
    if (Math.min(...line) >= most) return most;
    [before, above] = [above, line];
  }
  return above[b.length];
}
