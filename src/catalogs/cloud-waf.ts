import localesFolder from '../../locales/index.cjs'
import type { BizError as BizErrorOf } from '../error/biz-error.ts'
import { defineReference } from '../error/define-catalog.ts'
import type { Code } from '../catalog/code.ts'

/** The Cloud WAF management API: numeric codes in module ranges. */
export const catalog = defineReference({
  name: 'cloud-waf',
  locales: localesFolder,
  envelope: 'flat',
  success: { code: 0, message: 'OK' },
  challenge: 'ApiKey',
  foreign: {
    byStatus: { 429: 4005 },
    byCondition: { 'malformed-body': 400, 'validation-failed': 400, 'already-exists': 409, conflict: 409 },
  },
  modules: {
    sys: { range: '1000-1999', description: 'User / role / OEM / session / API Key' },
    guard: { range: '2000-2999', description: 'Domain / cert / policy / rules / IP set' },
    node: { range: '3000-3999', description: 'Node / node group / IP / ACL policy' },
    chart: { range: '4000-4999', description: 'Analytics chart query & export' },
    alert: { range: '5000-5999', description: 'Alert task / record / contact' },
    zdns: { range: '6000-6999', description: 'DNS domain / record' },
    notify: { range: '7000-7999', description: 'Notify channel / template' },
    report: { range: '8000-8999', description: 'Report task / file' },
    assistant: { range: '9000-9999', description: 'AI assistant / session / KB / MCP tool' },
    geoip: { range: '10000-10999', description: 'GeoIP lookup' },
    channel: { range: '11000-11999', description: 'Channel partner onboarding' },
  },
  errors: {
    // Common HTTP errors
    400: {
      status: 400,
      message: 'Bad request (JSON parse fail / missing required field)',
      action: 'Fix payload, retry',
    },
    401: {
      status: 401,
      message: 'Unauthenticated (missing/invalid/expired token)',
      action: 'Re-login or rotate API key',
    },
    403: {
      status: 403,
      message: 'Authenticated but lacks permission',
      action: 'Request perm or use another account',
    },
    404: { status: 404, message: 'Resource not found', action: 'Check path / id' },
    409: {
      status: 409,
      message: 'Conflict (e.g. duplicate create)',
      action: 'Rename or delete the existing resource first',
    },
    500: {
      status: 500,
      message: 'Internal server error',
      action: 'Retry once; escalate to ops if persistent',
      retryable: true,
    },

    // sys
    1001: { status: 404, message: 'User not found', action: 'Check username / id' },
    1002: {
      status: 401,
      message: 'Invalid password',
      action: 'Re-enter; repeated failures lock the account',
    },
    1003: { status: 403, message: 'User locked', action: 'Contact admin to unlock' },
    1004: { status: 400, message: 'Invalid or expired captcha', action: 'Refresh captcha and retry' },
    1005: { status: 401, message: 'Session expired', action: 'Re-login' },
    1006: { status: 409, message: 'Username already exists', action: 'Choose another name' },
    1007: { status: 404, message: 'Role not found', action: 'Check role id' },
    1008: { status: 409, message: 'Role name already exists', action: 'Choose another name' },
    1009: {
      status: 403,
      message: 'Cannot delete this role (system built-in or in use)',
      action: 'Detach references first',
    },
    1010: {
      status: 400,
      message: 'Old password incorrect (during change-password)',
      action: 'Re-enter old password',
    },
    1011: { status: 403, message: 'Permission denied', action: 'Request the corresponding perm' },
    1012: {
      status: 403,
      message: 'This setting is not modifiable via API (CLI / config file only)',
      action: 'Use ops channel',
    },
    1020: { status: 404, message: 'OEM not found', action: 'Check OEM id' },
    1021: { status: 409, message: 'OEM hostname already exists', action: 'Use a different hostname' },
    1022: { status: 403, message: 'Cannot delete the default OEM', action: 'Default OEM is protected' },
    1023: { status: 400, message: 'Invalid logo file (format / size)', action: 'Upload a compliant image' },
    1030: { status: 404, message: 'Order not found', action: 'Check order id' },
    1031: { status: 400, message: 'Invalid order status transition', action: 'Follow the state machine' },
    1032: { status: 404, message: 'Plan not found', action: 'Check plan id' },
    1033: { status: 409, message: 'Plan name already exists', action: 'Rename' },
    1040: { status: 404, message: 'Announcement not found', action: 'Check announcement id' },
    1050: {
      status: 401,
      message: 'API Key invalid / expired / revoked',
      retryable: false,
      notes: { 'Re-issue needed': 'Yes' },
    },
    1051: {
      status: 404,
      message: 'API Key not found or out of visible scope',
      retryable: false,
      notes: { 'Re-issue needed': 'N/A' },
    },
    1052: {
      status: 400,
      message: "Requested scope exceeds the user's RBAC boundary",
      retryable: false,
      notes: { 'Re-issue needed': 'Yes (re-issue with narrower scope)' },
    },
    1053: {
      status: 403,
      message: 'API Key scope insufficient for the target endpoint',
      retryable: false,
      notes: { 'Re-issue needed': 'Maybe (re-issue with broader scope, or use the user-token channel)' },
    },
    1054: {
      status: 400,
      message: 'expires_in_days exceeds the upper bound of 365',
      retryable: false,
      notes: { 'Re-issue needed': 'N/A' },
    },
    1055: {
      status: 400,
      message: 'API Key name is required',
      retryable: false,
      notes: { 'Re-issue needed': 'N/A' },
    },
    1056: {
      status: 403,
      message: "Cross-OEM / cannot operate on another user's API Key",
      retryable: false,
      notes: { 'Re-issue needed': 'N/A' },
    },

    // guard
    2001: { status: 404, message: 'Domain not found', action: 'Check domain id' },
    2002: { status: 409, message: 'Domain already exists', action: 'Rename or delete the existing one' },
    2003: { status: 404, message: 'Policy not found', action: 'Check policy id' },
    2004: { status: 409, message: 'Policy name already exists', action: 'Rename' },
    2005: { status: 404, message: 'Certificate not found', action: 'Check cert id' },
    2006: { status: 409, message: 'Certificate name already exists', action: 'Rename' },
    2007: {
      status: 400,
      message: 'Invalid certificate PEM',
      action: 'Paste the full PEM (with BEGIN/END markers)',
    },
    2008: { status: 409, message: 'Certificate already bound to this domain', action: 'Skip the bind' },
    2009: { status: 403, message: 'Policy is in use, cannot delete', action: 'Detach domains first' },
    2010: {
      status: 403,
      message: 'Domain has active nodes, cannot delete',
      action: 'Disable the domain first',
    },
    2011: { status: 404, message: 'IP set not found', action: 'Check set id' },
    2012: { status: 409, message: 'IP set name already exists', action: 'Rename' },
    2013: { status: 409, message: 'IP already in the set', action: 'Skip the add' },
    2014: { status: 404, message: 'WAF rule group not found', action: 'Check group id' },
    2015: { status: 404, message: 'Forward rule not found', action: 'Check forward id' },
    2016: { status: 404, message: 'Schedule group not found', action: 'Check schedule id' },
    2017: { status: 403, message: 'Cannot delete the default schedule', action: 'System-protected' },
    2018: { status: 404, message: 'CC rule not found', action: 'Check rule id' },
    2019: { status: 404, message: 'ACL rule not found', action: 'Check rule id' },

    // node
    3001: { status: 404, message: 'Node not found', action: 'Check node id' },
    3002: { status: 409, message: 'Node name already exists', action: 'Rename' },
    3003: { status: 404, message: 'IP address not found', action: 'Check IP id' },
    3004: { status: 409, message: 'IP address already exists', action: 'Skip' },
    3005: { status: 404, message: 'Node group not found', action: 'Check group id' },
    3006: { status: 409, message: 'Node group name already exists', action: 'Rename' },
    3007: { status: 404, message: 'ACL policy not found', action: 'Check policy id' },
    3008: { status: 409, message: 'ACL policy name already exists', action: 'Rename' },
    3009: { status: 404, message: 'ACL rule not found', action: 'Check rule id' },
    3010: { status: 403, message: 'ACL policy still has rules, cannot delete', action: 'Clear rules first' },

    // chart
    4001: {
      status: 500,
      message: 'Chart query failed (PG / ES error)',
      action: 'Retry once; escalate if persistent',
      retryable: true,
    },
    4002: {
      status: 400,
      message: 'Invalid time range (stime > etime / span too wide)',
      action: 'Narrow the range',
    },
    4003: {
      status: 400,
      message: 'Invalid field (not in whitelist / typo)',
      action: 'Verify field spelling',
    },
    4004: { status: 500, message: 'Export failed', action: 'Reduce data volume and retry', retryable: true },
    4005: {
      status: 429,
      message: 'Rate limited',
      action: 'Back off and retry',
      retryable: true,
      retryAfter: 60,
    },

    // alert
    5001: { status: 404, message: 'Alert task not found', action: 'Check task id' },
    5002: { status: 409, message: 'Alert task name already exists', action: 'Rename' },
    5003: { status: 404, message: 'Alert record not found', action: 'Check record id' },
    5004: { status: 404, message: 'Alert contact not found', action: 'Check contact id' },
    5005: { status: 409, message: 'Alert contact already exists', action: 'Skip' },
    5006: { status: 404, message: 'Alert config not found', action: 'Check config id' },
    5007: { status: 400, message: 'Invalid alert type', action: 'Use a valid enum value' },
    5008: {
      status: 429,
      message: 'Alert in cooldown (debounce)',
      action: 'Wait for cooldown to elapse',
      retryable: true,
      retryAfter: 60,
    },
    5009: {
      status: 429,
      message: 'Alert quota exceeded',
      action: 'Raise the limit or wait for the next cycle',
      retryable: true,
      retryAfter: 60,
    },
    5010: { status: 500, message: 'Alert toggle failed', action: 'Retry', retryable: true },

    // zdns
    6001: { status: 404, message: 'DNS domain not found', action: 'Check domain id' },
    6002: { status: 409, message: 'DNS domain already exists', action: 'Rename' },
    6003: { status: 404, message: 'DNS record not found', action: 'Check record id' },
    6004: { status: 404, message: 'DNS operation not found', action: 'Check op id' },
    6005: { status: 400, message: 'Invalid DNS record type', action: 'Use A / AAAA / CNAME / MX / TXT …' },

    // notify
    7001: { status: 404, message: 'Notify channel not found', action: 'Check channel id' },
    7002: { status: 409, message: 'Notify channel name already exists', action: 'Rename' },
    7003: { status: 404, message: 'Notify template not found', action: 'Check template id' },
    7004: { status: 409, message: 'Notify template name already exists', action: 'Rename' },
    7005: {
      status: 500,
      message: 'Notification send failed',
      action: 'Verify channel connectivity, retry',
      retryable: true,
    },

    // report
    8001: { status: 404, message: 'Report task not found', action: 'Check task id' },
    8002: { status: 409, message: 'Report task name already exists', action: 'Rename' },
    8003: { status: 404, message: 'Report file not found or expired', action: 'Regenerate' },
    8004: { status: 404, message: 'Report record not found', action: 'Check record id' },
    8005: {
      status: 500,
      message: 'Report generation failed',
      action: 'Narrow time range / fields and retry',
      retryable: true,
    },

    // assistant
    9001: { status: 404, message: 'AI session not found', action: 'Check session id' },
    9002: { status: 403, message: 'AI session is archived', action: 'Unarchive or open a new session' },
    9003: { status: 500, message: 'Message operation failed', action: 'Retry', retryable: true },
    9004: { status: 404, message: 'MCP tool not found', action: 'Check tool id' },
    9005: { status: 409, message: 'Tool name already exists', action: 'Rename' },
    9006: { status: 404, message: 'Knowledge base not found', action: 'Check kb id' },
    9007: { status: 404, message: 'Document not found', action: 'Check doc id' },
    9008: { status: 404, message: 'AI config not found', action: 'Check config id' },
    9009: { status: 409, message: 'Knowledge base name already exists', action: 'Rename' },
    9010: {
      status: 500,
      message: 'Document indexing failed',
      action: 'Verify document format and retry',
      retryable: true,
    },

    // geoip
    10001: { status: 500, message: 'GeoIP query failed', action: 'Retry once', retryable: true },
    10002: {
      status: 404,
      message: 'IP not in GeoIP database (private / unlisted)',
      action: 'Query a public IP',
    },

    // channel
    11001: { status: 404, message: 'Onboard flow not found', action: 'Check onboard id' },
    11002: { status: 410, message: 'Link expired', action: 'Request a new link' },
    11003: { status: 400, message: 'Invalid link token', action: 'Request a new link' },
    11004: { status: 409, message: 'Domain already exists', action: 'Rename or delete the existing one' },
    11005: {
      status: 500,
      message: 'Domain detect failed',
      action: 'Verify DNS resolution and retry',
      retryable: true,
    },
    11006: { status: 400, message: 'Invalid certificate', action: 'Paste the full PEM' },
    11007: {
      status: 400,
      message: 'Domains not ready for confirmation',
      action: 'Wait for domain detect / cert install to complete',
      retryable: true,
    },
  },
})

/** The class of this catalog's errors: `throw new BizError(1006)`. */
export const BizError: typeof catalog.BizError = catalog.BizError
/** An error of this catalog, as types name it: of one key, or of any. */
export type BizError<TCode extends Code = Code> = BizErrorOf<TCode>
