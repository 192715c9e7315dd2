// What the rules of the phone answer to cases; runs in Node and in a browser's page.

/** @param {(name: string) => Promise<any>} part brings a script of the phone by its name */
export async function answersOf(part, cases) {
  const answers = await ruledBy(part);
  return cases.map((one) => answers[one.about](one));
}

async function ruledBy(part) {
  const { isSkewed, scanTime } = await part("devices/clocks.js");
  const { sessionAt } = await part("devices/doors.js");
  const { standing } = await part("checkin/folding.js");
  const { asTold, verdict } = await part("checkin/verdict.js");
  const { ruledOn } = await part("checkin/judge.js");

  return {
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
}
