// Reads calendar files with ical.js and node-ical; prints what each shows, as JSON by file.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

/** @param {Date} moment */
const utc = (moment) => moment.toISOString().slice(0, 16);

/** @param {string} text */
function byIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents("vevent").map((part) => {
    const event = new ICAL.Event(part);
    const status = part.getFirstPropertyValue("status");
    return [event.uid, utc(event.startDate.toJSDate()), utc(event.endDate.toJSDate()), event.summary, status];
  });
}

/** @param {string} text */
function byNodeIcal(text) {
  const parts = Object.values(nodeIcal.sync.parseICS(text));
  const events = parts.filter((part) => part.type === "VEVENT");
  return events.map((event) => [event.uid, utc(event.start), utc(event.end), event.summary, event.status]);
}

const shown = process.argv.slice(2).map((path) => {
  const text = readFileSync(path, "utf-8");
  return { "ical.js": byIcalJs(text), "node-ical": byNodeIcal(text) };
});
process.stdout.write(JSON.stringify(shown));
