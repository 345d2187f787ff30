/** The i18next namespace of the words of the reference's pages. */
export const REFERENCE_NAMESPACE = 'reference'

/** The words of the reference's pages, in English. Translators find them as `reference.json`. */
export const REFERENCE_WORDS = {
  error_codes: 'Error codes',
  version: 'Version {{version}}',
  language: 'Language',
  skip_to_content: 'Skip to content',
  you_are_here: 'You are here',
  on_this_page: 'On this page',

  search_errors: 'Search errors',
  search_submit: 'Search',
  search_hint: 'Code, status or words',
  matching_errors: 'Matching errors: {{number}}',
  only_match: 'One matching error. Press Enter to open it.',
  no_match: 'No error matches “{{query}}”.',
  show_all_errors: 'Show all errors',

  code: 'Code',
  http_status: 'HTTP status',
  meaning: 'Meaning',
  other_errors: 'Other errors',
  general_errors: 'General errors',
  general_errors_note: 'Whatever none of the errors above stands for is answered with one of these.',
  general_error_note: 'A general error that is not specific to this API.',

  success: 'Success',
  retryable: 'Retryable',
  deprecated: 'Deprecated',
  deprecated_note: 'This error is kept for existing clients. Do not rely on it in new code.',
  use_instead: 'Use instead',

  error_message: 'Message',
  what_to_do: 'What to do',
  can_be_retried: 'Can be retried',
  can_be_retried_yes: 'Yes, the same request may succeed later',
  can_be_retried_no: 'No, the same request will fail again',
  wait_before_retrying: 'Wait before retrying',
  module: 'Module',
  more_general_error: 'More general error',
  more_specific_errors: 'More specific errors',
  shared_code_note: 'Several errors have this code.',

  example_response: 'Example response',
  example_note: '“…” stands for a value that differs from response to response.',
  copy_to_clipboard: 'Copy',
  copied_to_clipboard: 'Copied',

  previous_error: 'Previous error',
  next_error: 'Next error',
  other_formats: 'Other formats',
  all_errors_as_json: 'All errors as JSON',
} as const

/** The name of a text of the pages. */
export type ReferenceWord = keyof typeof REFERENCE_WORDS

/** Whether a name in a translators' file is that of a text of the pages. */
export function isReferenceWord(name: string): boolean {
  return Object.hasOwn(REFERENCE_WORDS, name)
}
