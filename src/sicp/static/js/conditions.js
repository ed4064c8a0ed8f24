// The closed language of conditions, read from the fields of a form. The server judges
// with the same rules; here they only decide what is shown.

const NUMBER = /^[+-]?\d+([.,]\d+)?$/;
const DAY = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/;

export function holds(condition, answer) {
  if (condition.all) return condition.all.every((part) => holds(part, answer));
  if (condition.any) return condition.any.some((part) => holds(part, answer));
  if (condition.not) return !holds(condition.not, answer);
  const operator = OPERATORS[condition.operator];
  return operator ? operator(answer(condition.field), condition.value) : true;
}

const OPERATORS = {
  is: (answer, value) => same(answer, value),
  is_not: (answer, value) => !same(answer, value),
  in: (answer, values) => values.some((value) => same(answer, value)),
  not_in: (answer, values) => !values.some((value) => same(answer, value)),
  gt: (answer, value) => compare(answer, value, (a, b) => a > b),
  ge: (answer, value) => compare(answer, value, (a, b) => a >= b),
  lt: (answer, value) => compare(answer, value, (a, b) => a < b),
  le: (answer, value) => compare(answer, value, (a, b) => a <= b),
  contains: (answer, value) => list(answer).some((item) => same(item, value)),
  filled: (answer) => !isEmpty(answer),
  empty: (answer) => isEmpty(answer),
};

function isEmpty(answer) {
  return answer === null || answer === undefined || list(answer).join("") === "";
}

function list(answer) {
  if (Array.isArray(answer)) return answer;
  return answer === null || answer === undefined ? [] : [answer];
}

function same(answer, value) {
  if (answer === null || answer === undefined) return false;
  const left = comparable(answer);
  return left === comparable(value) || String(answer) === String(value);
}

function compare(answer, value, test) {
  if (isEmpty(answer)) return false;
  const left = comparable(answer);
  const right = comparable(value);
  return typeof left === typeof right && test(left, right);
}

// Numbers as typed in French become numbers, days become text that sorts.
export function comparable(value) {
  if (typeof value !== "string") return value;
  const text = value.trim();
  const day = DAY.exec(text);
  if (day) {
    return `${day[3]}-${day[2].padStart(2, "0")}-${day[1].padStart(2, "0")}`;
  }
  const compact = text.replace(/[\s\u00a0\u202f]/g, "").replace(/[€%]$/, "");
  return NUMBER.test(compact) ? Number(compact.replace(",", ".")) : text;
}
