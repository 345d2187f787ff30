import type { ComposeSettings } from '../answer/compose.ts'
import { createConceal } from '../answer/conceal.ts'
import { concealAll } from '../answer/further.ts'
import { checkReveal, type AnswerOptions } from '../answer/options.ts'
import { orOwnTexts } from '../answer/own-texts.ts'
import { createShapes } from '../answer/shape.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { BizErrorState } from '../error/state.ts'
import { tellingOfLibraries } from '../identify/believed.ts'
import { shownMessage } from '../identify/foreign-message.ts'
import { identify, type RecognitionFacts } from '../identify/identify.ts'
import { recognize, rulesByMark } from '../identify/recognize.ts'
import { compileRules } from '../identify/rules.ts'
import { createLocalize } from '../locale/localize.ts'
import type { LocaleOptions } from '../locale/options.ts'
import { createMissingWarning } from './missing.ts'
import type { HandlerOptions } from './options.ts'

/** The way that one app's options lay from a thrown value to what is told of it, whoever asks. */
export interface Flow extends ComposeSettings {
  readonly identify: (thrown: unknown, facts: RecognitionFacts) => BizErrorState
}

/** The options that say what becomes of an error, with their defaults. */
interface FlowOptions extends AnswerOptions<Catalog, never>, LocaleOptions, Pick<HandlerOptions, 'identify'> {
  readonly catalog: Catalog
  readonly exposeHeaders: boolean
}

/**
 * Makes of options what they mean.
 *
 * @param heard - is warned @default nobody
 * @throws SetupError - when one of them does not fit the catalog, or texts cannot be read
 */
export function createFlow(options: FlowOptions, heard?: Flow['warn']): Flow {
  const warn = heard ?? ignore
  const { catalog, locales, i18n, i18nKey, fallbackLocale, httpStatus, docsUrl, exposeHeaders } = options
  const reveal = checkReveal(options.reveal)
  const rules = compileRules(options.identify, catalog)
  // Now: the first foreign error would wait for it.
  rulesByMark()
  const recognition = {
    rules,
    recognize: tellingOfLibraries(recognize, warn),
    messageOf: reveal.foreignMessages === true ? shownMessage : undefined,
    warn,
  }
  const warnOfMissing = createMissingWarning(warn)
  return {
    identify(thrown, facts) {
      const state = identify(thrown, catalog, recognition, facts)
      if (state.unusable.length > 0) warnOfMissing(state)
      return state
    },
    conceal: concealAll(createConceal(catalog, options.conceal)),
    localize: orOwnTexts(
      createLocalize({ catalog, locales, i18n, i18nKey, fallbackLocale, warn: heard }),
      warn,
    ),
    shapes: createShapes(options.envelope),
    httpStatus,
    docsUrl,
    exposeHeaders,
    revealValues: reveal.values ?? false,
    revealParams: reveal.params ?? false,
    warn,
  }
}

function ignore(): void {}
