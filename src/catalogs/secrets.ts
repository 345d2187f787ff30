import localesFolder from '../../locales/index.cjs'
import type { BizError as BizErrorOf } from '../error/biz-error.ts'
import { defineReference } from '../error/define-catalog.ts'
import type { Code } from '../catalog/code.ts'

/** The secrets manager: string codes in a nested envelope. */
export const catalog = defineReference({
  name: 'secrets',
  locales: localesFolder,
  envelope: 'nested',
  challenge: 'Bearer',
  foreign: {
    byStatus: {
      400: 'invalid_request',
      401: 'authentication_required',
      403: 'forbidden',
      404: 'invalid_path',
      409: 'version_conflict',
      422: 'validation_error',
      429: 'rate_limited',
      500: 'internal_error',
      502: 'backend_error',
      503: 'service_unavailable',
      504: 'backend_timeout',
    },
    byCondition: {
      'malformed-body': 'invalid_request',
      'validation-failed': 'validation_error',
      'token-expired': 'token_expired',
      'token-invalid': 'token_invalid',
      'token-revoked': 'token_revoked',
      'already-exists': 'name_conflict',
      'write-conflict': 'version_conflict',
      unavailable: 'service_unavailable',
      timeout: 'service_unavailable',
      'upstream-failed': 'backend_error',
      'upstream-timeout': 'backend_timeout',
    },
  },
  modules: {
    auth: { title: 'Authentication / authorization' },
    validation: { title: 'Validation' },
    'not-found': { title: 'Not found' },
    conflict: { title: 'Conflict / state' },
    availability: { title: 'Rate limit / quota / availability' },
    server: { title: 'Server / backend' },
    pki: { title: 'Dynamic / PKI specific' },
    'webhook-delivery': { title: 'Webhook delivery' },
  },
  errors: {
    // Authentication / authorization
    authentication_required: { status: 401, module: 'auth', message: 'Missing Authorization header' },
    token_expired: { status: 401, module: 'auth', message: 'Token exp passed' },
    token_invalid: { status: 401, module: 'auth', message: 'Signature failed' },
    token_revoked: { status: 401, module: 'auth', message: 'Explicitly revoked' },
    access_denied: { status: 403, module: 'auth', message: 'No matching policy rule' },
    insufficient_scope: { status: 403, module: 'auth', message: 'Token scope too narrow' },
    mfa_required: { status: 403, module: 'auth', message: 'Rule requires fresh MFA' },
    ip_not_allowed: { status: 403, module: 'auth', message: 'IP outside allowed ranges' },
    time_window_violation: { status: 403, module: 'auth', message: 'Outside time window' },
    tenant_access_denied: { status: 403, module: 'auth', message: 'Cross-tenant without partner admin' },
    forbidden: { status: 403, module: 'auth', message: 'Generic authorization failure' },

    // Validation
    invalid_request: { status: 400, module: 'validation', message: 'Malformed JSON or shape' },
    invalid_path: { status: 400, module: 'validation', message: 'Path format violation' },
    invalid_secret_type: { status: 400, module: 'validation', message: 'Unknown secret_type' },
    invalid_duration: { status: 400, module: 'validation', message: "Duration string didn't parse" },
    invalid_cursor: { status: 400, module: 'validation', message: 'Cursor expired or malformed' },
    invalid_policy: { status: 400, module: 'validation', message: 'Policy rules/bindings invalid' },
    invalid_glob: { status: 400, module: 'validation', message: 'Path pattern not a valid glob' },
    invalid_role: { status: 400, module: 'validation', message: 'Role name invalid' },
    invalid_config: { status: 400, module: 'validation', message: 'Engine/backend config rejected' },
    validation_error: {
      status: 422,
      module: 'validation',
      message: 'Field-level validation; see details.fields',
    },

    // Not found
    secret_not_found: { status: 404, module: 'not-found', message: 'Secret not found' },
    version_not_found: { status: 404, module: 'not-found', message: 'Version not found' },
    policy_not_found: { status: 404, module: 'not-found', message: 'Policy not found' },
    binding_not_found: { status: 404, module: 'not-found', message: 'Binding not found' },
    webhook_not_found: { status: 404, module: 'not-found', message: 'Webhook not found' },
    subscription_not_found: { status: 404, module: 'not-found', message: 'Subscription not found' },
    rotation_policy_not_found: { status: 404, module: 'not-found', message: 'Rotation policy not found' },
    secret_policy_not_found: { status: 404, module: 'not-found', message: 'Secret policy not found' },
    ca_not_found: { status: 404, module: 'not-found', message: 'CA not found' },
    certificate_not_found: { status: 404, module: 'not-found', message: 'Certificate not found' },
    csr_not_found: { status: 404, module: 'not-found', message: 'CSR not found' },
    trust_anchor_not_found: { status: 404, module: 'not-found', message: 'Trust anchor not found' },
    acme_account_not_found: { status: 404, module: 'not-found', message: 'ACME account not found' },
    acme_order_not_found: { status: 404, module: 'not-found', message: 'ACME order not found' },
    dns_provider_not_found: { status: 404, module: 'not-found', message: 'DNS provider not found' },
    engine_not_found: { status: 404, module: 'not-found', message: 'Engine not found' },
    role_not_found: { status: 404, module: 'not-found', message: 'Role not found' },
    lease_not_found: { status: 404, module: 'not-found', message: 'Lease not found' },
    tenant_not_found: { status: 404, module: 'not-found', message: 'Tenant not found' },
    identity_not_found: { status: 404, module: 'not-found', message: 'Identity not found' },
    federation_backend_not_found: {
      status: 404,
      module: 'not-found',
      message: 'Federation backend not found',
    },
    export_not_found: { status: 404, module: 'not-found', message: 'Export not found' },

    // Conflict / state
    secret_exists: { status: 409, module: 'conflict', message: 'Soft-deleted path in retention' },
    version_conflict: {
      status: 409,
      module: 'conflict',
      message: 'Concurrent modification',
      retryable: true,
    },
    policy_in_use: { status: 409, module: 'conflict', message: 'Policy has bindings' },
    engine_in_use: { status: 409, module: 'conflict', message: 'Engine has leases' },
    ca_has_certificates: { status: 409, module: 'conflict', message: 'CA has issued certs' },
    name_conflict: { status: 409, module: 'conflict', message: 'Name already taken' },
    binding_conflict: { status: 409, module: 'conflict', message: 'Identity already bound' },
    secret_expired: { status: 410, module: 'conflict', message: 'expires_at passed' },
    lease_expired: { status: 410, module: 'conflict', message: 'Lease already expired' },

    // Rate limit / quota / availability
    rate_limited: {
      status: 429,
      module: 'availability',
      message: 'Caller-specific rate limit',
      retryable: true,
      retryAfter: 45,
    },
    quota_exceeded: { status: 429, module: 'availability', message: 'Hard tenant quota', retryAfter: 45 },
    service_unavailable: {
      status: 503,
      module: 'availability',
      message: 'Transient dependency outage',
      retryable: true,
    },
    feature_disabled: { status: 503, module: 'availability', message: 'Feature gated off at deploy' },
    maintenance_mode: {
      status: 503,
      module: 'availability',
      message: 'Operator-scheduled downtime',
      retryable: true,
    },

    // Server / backend
    internal_error: { status: 500, module: 'server', message: 'Unexpected server error', retryable: true },
    encryption_error: { status: 500, module: 'server', message: 'KMS interaction failed', retryable: true },
    storage_error: {
      status: 500,
      module: 'server',
      message: 'Database or object store error',
      retryable: true,
    },
    backend_error: {
      status: 502,
      module: 'server',
      message: 'Federated backend or ACME upstream failed',
      retryable: true,
    },
    backend_rate_limited: {
      status: 502,
      module: 'server',
      message: 'Federated/ACME backend rate-limited us',
      retryable: true,
    },
    backend_timeout: { status: 504, module: 'server', message: 'Federated backend timeout', retryable: true },

    // Dynamic / PKI specific
    ttl_exceeds_max: { status: 400, module: 'pki', message: 'Requested TTL > role max_ttl' },
    domain_not_allowed: { status: 400, module: 'pki', message: "CN/SAN not in role's allowed_domains" },
    key_type_mismatch: { status: 400, module: 'pki', message: "CSR key doesn't match role requirement" },
    csr_invalid: { status: 400, module: 'pki', message: 'CSR failed to parse' },
    csr_already_processed: { status: 409, module: 'pki', message: 'CSR already signed or rejected' },
    acme_order_failed: { status: 502, module: 'pki', message: 'ACME upstream rejected order' },
    engine_unreachable: {
      status: 502,
      module: 'pki',
      message: "Can't reach backend system",
      retryable: true,
    },

    // Webhook delivery
    webhook_url_invalid: {
      status: 400,
      module: 'webhook-delivery',
      message: "URL can't be used (private IP blocked, etc.)",
    },
    webhook_delivery_failed: {
      status: 502,
      module: 'webhook-delivery',
      message: 'Non-2xx from destination',
      retryable: true,
    },
    webhook_delivery_timeout: {
      status: 504,
      module: 'webhook-delivery',
      message: '> 10s response time',
      retryable: true,
    },
  },
})

/** The class of this catalog's errors: `throw new BizError('secret_not_found')`. */
export const BizError: typeof catalog.BizError = catalog.BizError
/** An error of this catalog, as types name it: of one key, or of any. */
export type BizError<TCode extends Code = Code> = BizErrorOf<TCode>
