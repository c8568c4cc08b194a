import { z } from "zod";
import type { Schedule } from "./schedule.ts";

/** The peak learning rate all along. */
export const constant: Schedule = { options: z.strictObject({}), rate: (_step, _steps, peak) => peak };
