/** Every page that has nothing to show yet, or nothing that matches: it says so, and what to do next. */

import { PEOPLE } from "./pages.js";
import { checkShifts, checkState, everyPage, settled, watchCalls } from "./states.js";

for (const person of ["newcomer", "searching admin"]) {
  everyPage(person, PEOPLE[person], async ({ page, context, facts }) => {
    const { path, title, shows, next, isMissing } = facts;
    if (isMissing) {
      context.allowed.push(/status of 404/); // what the browser itself logs
    }
    const open = watchCalls(page);
    await page.goto(path);
    await shows(page).waitFor();
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await next(page).waitFor();
    await settled(page, open);
    await checkShifts(page);
    await checkState(page);
  });
}
