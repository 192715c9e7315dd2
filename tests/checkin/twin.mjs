// Answers the cases with the rules of the phone; the test compares with the file.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [scripts, cases] = process.argv.slice(2);
const part = (name) => import(pathToFileURL(join(scripts, name)).href);
const { isSkewed, scanTime } = await part("devices/clocks.js");
const { sessionAt } = await part("devices/doors.js");
const { standing } = await part("checkin/folding.js");
const { asTold, verdict } = await part("checkin/verdict.js");
const { ruledOn } = await part("checkin/judge.js");

const answers = {
  verdict({ ticket, door, scan, past, told }) {
    const { entries, reentry, ...rest } = door;
    const ruled = verdict(ticket, { ...rest, entry: { entries, reentry } }, scan, past);
    const { answer, reason, override, first, group } = told === null ? ruled : asTold(ruled, told);
    const said = { answer, reason, override, first: first?.id ?? null };
    if (ticket.seats === undefined) return said;
    return { ...said, group: group && [group.came, group.admits] };
  },
  course({ ticket, doors, scan, past }) {
    const { session, ruled } = ruledOn({ event: doors.event, doors }, ticket, scan, past);
    const { answer, reason, first } = ruled;
    return { session, answer, reason, first: first?.id ?? null };
  },
  standing({ moves, rule }) {
    const { admissions, conflicts, inside } = standing(moves, rule);
    return {
      admissions: admissions.map(({ epoch, winner }) => [epoch, winner.id]),
      conflicts: conflicts.map(({ first, other }) => [first.id, other.id]),
      inside,
    };
  },
  group({ moves, rule }) {
    const { admissions, conflicts, inside } = standing(moves, rule);
    return {
      admissions: admissions.map(({ epoch, winner, admits }) => [epoch, winner.id, admits]),
      conflicts: conflicts.map(({ first, other, excess }) => [first.id, other.id, excess]),
      inside,
    };
  },
  clock({ at, offset, before, after }) {
    const time = scanTime(at, offset, before, after);
    return { time, skewed: isSkewed(at, time) };
  },
  session: ({ time, sessions }) => sessionAt(time, sessions),
};

const read = JSON.parse(readFileSync(cases, "utf-8"));
process.stdout.write(JSON.stringify(read.map((one) => answers[one.about](one))));
