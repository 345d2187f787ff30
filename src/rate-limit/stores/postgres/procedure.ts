import { createHash } from '../../host.ts'
import { MAX_WINDOW } from '../../window.ts'
import { PARTS, PARTS_KEPT } from '../parts.ts'
import { SET_BACK } from '../set-back.ts'

/** `expires_at` is a whole multiple of so many milliseconds. */
const ROUND = 300_000

/** The types of the parameters. */
export const PARAMETERS = 'text, text, bigint, jsonb, bigint, text, text'

/**
 * Returns the body of the procedure, which does one task for one client: `consume`, `peek`, `give back`, `block` (for
 * `cost` milliseconds) or `reset`.
 *
 * All counters of a client are one row, a map from limit to counter. A counter is a list: the millisecond since the
 * epoch from which on it does not matter, the microsecond in which it began, the number of its newest part, that part's
 * count, the count of the part before, and so on. A fixed window has one part. A sliding one never lets more than the
 * limit into any span as long: an old part counts until a window has passed since its end, the newest until a window
 * has passed since its last request. A block stands under the limit's id and `!`, and is a list of its end. Rows are
 * read as hostile: one that holds something else stays as it is, and is answered with an empty list.
 *
 * A client's turn is the lock of a number, which is of this table alone as far as can be: the app may have such locks,
 * too. Were it the lock of the row, each request that is refused would write to it. The time is the server's: the
 * machines' clocks do not matter.
 *
 * During a deployment, the procedures of two versions count side by side in one table. They leave counters that they do
 * not know as they are, and an algorithm that counts otherwise needs another name in `idOf`.
 */
export function bodyOf(table: string): string {
  return `DECLARE
  -- The client's row, with the time at which the last counter is over, and now, in microseconds and in milliseconds.
  state jsonb;
  expires timestamptz;
  last bigint := 0;
  micros bigint;
  now bigint;
  -- A policy: id, kind, milliseconds, limit (none where it does not count), and the beginnings of a calendar's windows.
  policy jsonb;
  id text;
  kind text;
  span bigint;
  most bigint;
  starts bigint;
  ends bigint;
  next_ends bigint;
  -- For so long after its end, a calendar's window goes on when the clock is set back into it.
  slack bigint;
  -- Its counter: the three numbers that it begins with, and its counts. Those of so many parts are in the window.
  counter bigint[];
  counts bigint[];
  is_new boolean;
  is_moved boolean;
  part_length float8;
  part bigint;
  parts int;
  newest bigint;
  shift int;
  -- What it says.
  spent bigint;
  excess bigint;
  wait bigint;
  reset bigint;
  block bigint;
  -- What all of them say.
  rest bigint := 0;
  lefts bigint[] := array_fill(NULL::bigint, ARRAY[jsonb_array_length(policies)]);
  resets bigint[] := lefts;
  waits bigint[] := lefts;
  is_allowed boolean := true;
  is_changed boolean := false;
  -- The same once the request is counted.
  added jsonb := '{}';
  added_lefts bigint[] := lefts;
  added_resets bigint[] := lefts;
  has_new boolean := false;
BEGIN
  -- Each statement has to see what was counted while this one waited for its turn.
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    COMMIT;
    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
  END IF;
  PERFORM set_config('lock_timeout', patience, true);
  PERFORM pg_advisory_xact_lock(hashtextextended(client, hashtext('${table}')));
  SELECT held.counters, held.expires_at INTO state, expires FROM ${table} AS held WHERE held.key = client;
  micros := floor(extract(epoch FROM clock_timestamp()) * 1000000);
  now := micros / 1000;
  state := coalesce(state, '{}');

  BEGIN
    IF jsonb_typeof(state) <> 'object' THEN
      RAISE data_exception;
    END IF;
    FOR place IN 1 .. jsonb_array_length(policies) LOOP
      policy := policies -> (place - 1);
      id := policy ->> 0;
      kind := policy ->> 1;
      span := policy ->> 2;
      most := policy ->> 3;

      IF task = 'reset' THEN
        state := state - id - (id || '!');
        is_changed := true;
        CONTINUE;
      ELSIF task = 'block' THEN
        state := state || jsonb_build_object(id || '!', jsonb_build_array(now + cost));
        last := now + cost;
        is_changed := true;
        CONTINUE;
      END IF;

      counter := translate(state ->> (id || '!'), '[]', '{}');
      block := counter[1];
      IF (cardinality(counter) = 1 AND block >= 0) IS FALSE THEN
        RAISE data_exception;
      END IF;
      block := greatest(0, least(coalesce(block, 0) - now, ${MAX_WINDOW * 1000}));
      rest := greatest(rest, block);
      CONTINUE WHEN most IS NULL;

      slack := CASE kind WHEN 'calendar' THEN ${SET_BACK} ELSE 0 END;
      counter := translate(state ->> id, '[]', '{}');
      is_new := counter IS NULL OR counter[1] - slack <= now;
      IF is_new THEN
        counter := ARRAY[0, micros, 0];
        counts := array_fill(0::bigint, ARRAY[CASE kind WHEN 'sliding' THEN ${PARTS_KEPT} ELSE 1 END]);
      ELSIF (
        array_dims(counter) = CASE kind WHEN 'sliding' THEN '[1:${PARTS_KEPT + 3}]' ELSE '[1:4]' END
        AND 0 <= ALL (counter) AND ${Number.MAX_SAFE_INTEGER} >= ALL (counter)
      ) IS NOT TRUE THEN
        RAISE data_exception;
      ELSE
        counts := counter[4 :];
      END IF;

      starts := 0;
      ends := now + span;
      next_ends := 0;
      part := 0;
      parts := 1;
      IF kind = 'sliding' THEN
        part_length := span / ${PARTS}::float8;
        part := floor(now / part_length);
        parts := 1 + part - floor((now - span) / part_length)::bigint;
        is_moved := NOT is_new AND counter[1] > ends;
        IF NOT is_new AND NOT is_moved THEN
          shift := greatest(0, least(part - counter[3], ${PARTS_KEPT}));
          counts := array_fill(0::bigint, ARRAY[shift]) || counts[: ${PARTS_KEPT} - shift];
        END IF;
      ELSE
        IF kind = 'calendar' THEN
          starts := NULL;
          FOR i IN 0 .. jsonb_array_length(policy -> 4) - 3 LOOP
            EXIT WHEN (policy -> 4 ->> i)::bigint > now;
            starts := policy -> 4 ->> i;
            ends := policy -> 4 ->> (i + 1);
            next_ends := policy -> 4 ->> (i + 2);
          END LOOP;
          IF starts IS NULL OR ends <= now THEN
            answer := jsonb_build_array(micros);
            RETURN;
          END IF;
        END IF;
        -- Where the clock was set back a little, out of the next calendar window, that one goes on.
        is_moved := NOT is_new AND counter[1] - slack > ends
          AND NOT (counter[1] - slack = next_ends AND ends - now <= slack);
      END IF;
      IF is_new OR is_moved THEN
        counter[1] := ends + slack;
      END IF;
      counter[3] := part;
      spent := 0;
      FOR i IN 1 .. parts LOOP
        spent := spent + counts[i];
      END LOOP;

      IF task = 'give back' THEN
        CONTINUE WHEN is_new OR counted_at < counter[2];
        newest := CASE kind WHEN 'sliding' THEN floor(counted_at / 1000 / part_length) ELSE 0 END;
        CONTINUE WHEN part - newest NOT BETWEEN 0 AND ${PARTS_KEPT - 1}
          OR kind = 'calendar' AND (counter[1] - slack <> ends OR counted_at / 1000 NOT BETWEEN starts AND ends - 1);
        shift := part - newest;
        IF shift < parts THEN
          spent := spent - least(counts[shift + 1], cost);
        END IF;
        counts[shift + 1] := greatest(0, counts[shift + 1] - cost);
        state := CASE spent WHEN 0 THEN state - id ELSE state || jsonb_build_object(id, counter[: 3] || counts) END;
        is_changed := true;
        CONTINUE;
      END IF;

      IF is_moved THEN
        state := state || jsonb_build_object(id, counter[: 3] || counts);
        is_changed := true;
      END IF;
      reset := least(counter[1] - slack, ends) - now;
      wait := 0;
      IF cost > most THEN
        wait := span;
      ELSIF spent + cost > most AND kind = 'sliding' THEN
        excess := spent + cost - most;
        newest := floor((counter[1] - span) / part_length);
        FOR i IN REVERSE parts .. 1 LOOP
          EXIT WHEN excess <= 0;
          excess := excess - counts[i];
          wait := CASE
            WHEN part + 1 - i < newest THEN ceil((part + 2 - i) * part_length + span - now)
            ELSE reset
          END;
        END LOOP;
      ELSIF spent + cost > most THEN
        wait := reset;
      END IF;
      lefts[place] := CASE block WHEN 0 THEN greatest(0, most - spent) ELSE 0 END;
      resets[place] := greatest(block, CASE spent WHEN 0 THEN 0 ELSE reset END);
      waits[place] := greatest(block, wait);
      is_allowed := is_allowed AND wait = 0;

      IF kind = 'sliding' THEN
        counter[1] := ends;
      END IF;
      counts[1] := counts[1] + cost;
      added := added || jsonb_build_object(id, counter[: 3] || counts);
      added_lefts[place] := most - spent - cost;
      added_resets[place] := least(counter[1] - slack, ends) - now;
      has_new := has_new OR is_new;
      last := greatest(last, counter[1]);
    END LOOP;

    is_allowed := is_allowed AND rest = 0;
    IF is_allowed AND task = 'consume' THEN
      lefts := added_lefts;
      resets := added_resets;
      state := state || added;
      is_changed := is_changed OR added <> '{}';
      IF has_new THEN
        expires := NULL;
        SELECT jsonb_object_agg(one.key, one.value), max((one.value ->> 0)::bigint)
          INTO state, last FROM jsonb_each(state) AS one WHERE (one.value ->> 0)::bigint > now;
      END IF;
    END IF;
  EXCEPTION WHEN data_exception THEN
    -- Raised above, or by a cast of what is no number.
    answer := '[]';
    RETURN;
  END;

  IF is_changed AND state = '{}' THEN
    DELETE FROM ${table} AS held WHERE held.key = client;
  ELSIF is_changed THEN
    INSERT INTO ${table} AS held (key, counters, expires_at) VALUES (
      client, state, least(
        greatest(expires, to_timestamp((last + ${ROUND - 1}) / ${ROUND} * ${ROUND / 1000})),
        to_timestamp(now / 1000 + ${MAX_WINDOW + (SET_BACK + ROUND) / 1000})
      )
    ) ON CONFLICT (key) DO UPDATE SET counters = excluded.counters, expires_at = excluded.expires_at;
  END IF;
  answer := jsonb_build_array(micros, rest, lefts, resets, waits);
END`
}

/** The name of the procedure ends with it. What has another body has another name. */
export function version(): string {
  return createHash('sha256', bodyOf('')).digest('hex').slice(0, 8)
}
