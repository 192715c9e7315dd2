// Reads the names of the case file as the phone does; the test compares with what Python reads.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [scripts, asked] = process.argv.slice(2);
const words = await import(pathToFileURL(join(scripts, "checkin/name_words.js")).href);
const { askedWords, begins, nameWords, spelledParts, typed } = words;

const { spelledAlike } = await import(pathToFileURL(join(scripts, "checkin/nearness.js")).href);
const { cases, letters, pairs } = JSON.parse(readFileSync(asked, "utf-8"));
const isNamed = (name, text) => {
  const sought = askedWords(text);
  return sought.length > 0 && begins(nameWords(name), sought);
};
const answers = cases.map(({ name, found, missed }) => ({
  words: nameWords(name),
  parts: spelledParts(name),
  found: found.map((text) => isNamed(name, text)),
  missed: missed.map((text) => isNamed(name, text)),
}));
const alike = pairs.map(([name, other]) => spelledAlike(name, other));
process.stdout.write(JSON.stringify({ answers, letters: letters.map(typed), alike }));
