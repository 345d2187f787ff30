/** How many parts a sliding window is counted in. A part comes free as a whole. */
export const PARTS = 8

/** How many parts are kept: a window may begin and end inside one, and rounding may cost one more. */
export const PARTS_KEPT = PARTS + 2
