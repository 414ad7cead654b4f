/**
 * Signing in: better-auth, through our own SQL port. Password, passkey and, where configured, one
 * OIDC provider. Nobody signs up: the first admin is made at the terminal, everybody else is
 * invited. The library sends nothing anywhere.
 */
import { kyselyAdapter } from '@better-auth/kysely-adapter'
import { passkey } from '@better-auth/passkey'
import { betterAuth, type BetterAuthOptions } from 'better-auth'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import type { DataKeys } from '../../store/sql/data-keys.ts'
import { kyselyOf } from '../../store/sql/kysely.ts'
import type { Sql } from '../../store/sql/port.ts'
import { digest } from '../../store/sql/sealed.ts'
import { ANYONE, MIN_PASSWORD, ROLES, type Person, type Role } from './actor.ts'
import { sealedAdapter } from './sealed-adapter.ts'

export const AUTH_PATH = '/v1/auth'

export type OidcConfig = {
  readonly discoveryUrl: string
  readonly clientId: string
  readonly clientSecret: string
}

export type AuthConfig = {
  /** Where people reach the service, e.g. `https://assay.example`; cookies and passkeys hold to it. */
  readonly origin: string
  readonly oidc?: OidcConfig
  /** Told what the library could not do, e.g. reach the OIDC provider, which it asks at the start. */
  readonly onError?: (message: string) => void
}

export type NewPerson = {
  readonly email: string
  readonly name: string
  readonly password: string
  readonly role: Role
  /** The merchant or consumer that the person acts for. */
  readonly party: string | null
}

export type PersonRecord = Person & { readonly email: string; readonly name: string }

export type Auth = {
  /** Everything under AUTH_PATH. */
  readonly handle: (request: Request) => Promise<Response>
  /** Who holds the session cookie; anyone where there is none or it ran out. */
  readonly identify: (headers: Headers) => Promise<Person | typeof ANYONE>
  /** @returns null where the address has an account already */
  readonly create: (person: NewPerson) => Promise<Person | null>
  readonly list: () => Promise<PersonRecord[]>
  /** Ends every session and removes the account. */
  readonly remove: (id: string) => Promise<boolean>
}

/** The library's options; a test compares the tables they ask for with the migrations. */
export const authOptions = (sql: Sql, key: Uint8Array, config: AuthConfig) => {
  const { hostname, protocol } = new URL(config.origin)
  const adapter = kyselyAdapter(kyselyOf(sql), { type: 'postgres', transaction: true })
  return {
    appName: 'Assay',
    baseURL: config.origin,
    basePath: AUTH_PATH,
    // A key of its own, derived: this one signs, the other seals.
    secret: digest(key, 'auth-secret', Buffer.alloc(0)).toString('base64'),
    database: (options: BetterAuthOptions) => sealedAdapter(adapter(options), key),
    telemetry: { enabled: false },
    trustedOrigins: [config.origin],
    // Ours are in limits.ts, and count every route alike.
    rateLimit: { enabled: false },
    logger: { level: 'error', log: (_, message) => config.onError?.(message) },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: MIN_PASSWORD },
    // A changed role or a removed person counts at the next request, so nothing is cached in cookies.
    session: { modelName: 'sessions', expiresIn: 12 * 3600, updateAge: 3600 },
    user: {
      modelName: 'people',
      additionalFields: {
        role: { type: [...ROLES], required: true, input: false },
        party: { type: 'string', required: false, input: false },
      },
    },
    account: {
      modelName: 'credentials',
      accountLinking: { enabled: true, trustedProviders: [] },
    },
    verification: { modelName: 'verifications' },
    advanced: {
      cookiePrefix: 'assay',
      useSecureCookies: protocol === 'https:',
      // Lax, not strict: an OIDC provider sends people back from another site.
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
      ipAddress: { disableIpTracking: true },
    },
    plugins: [
      passkey({
        rpID: hostname,
        rpName: 'Assay',
        origin: config.origin,
        schema: { passkey: { modelName: 'passkeys' } },
      }),
      ...(config.oidc === undefined ? [] : [oidc(config.oidc)]),
    ],
  } satisfies BetterAuthOptions
}

const oidc = ({ discoveryUrl, clientId, clientSecret }: OidcConfig) =>
  genericOAuth({
    config: [
      {
        providerId: 'oidc',
        discoveryUrl,
        clientId,
        clientSecret,
        scopes: ['openid', 'email', 'profile'],
        requireIdTokenVerification: true,
        // Only an invited person: signing in links to the account of the verified address.
        disableSignUp: true,
      },
    ],
  })

type StoredUser = { id: string; email: string; name: string; role?: unknown; party?: unknown }

export const openAuth = async (sql: Sql, keys: DataKeys, config: AuthConfig): Promise<Auth> => {
  const auth = betterAuth(authOptions(sql, await keys.system('accounts'), config))
  const { internalAdapter, password } = await auth.$context
  return {
    handle: (request) => auth.handler(request),
    identify: async (headers) => {
      // A request without our cookie asks the database nothing.
      if (headers.get('cookie')?.includes('assay.') !== true) return ANYONE
      const session = await auth.api.getSession({ headers })
      return session === null ? ANYONE : personOf(session.user)
    },
    create: async (person) => {
      if (person.password.length < MIN_PASSWORD) throw new RangeError('the password is too short')
      const email = person.email.trim().toLowerCase()
      if ((await internalAdapter.findUserByEmail(email)) !== null) return null
      const user = await internalAdapter.createUser(
        {
          email,
          name: person.name,
          role: person.role,
          party: person.party,
          // An admin vouches for it: at the terminal, or by the invitation.
          emailVerified: true,
        },
        { method: 'email-password' },
      )
      await internalAdapter.linkAccount({
        userId: user.id,
        providerId: 'credential',
        accountId: user.id,
        password: await password.hash(person.password),
      })
      return personOf(user)
    },
    list: async () =>
      (await internalAdapter.listUsers(1000, 0)).map((user) => ({
        ...personOf(user),
        email: user.email,
        name: user.name,
      })),
    remove: async (id) => {
      if ((await internalAdapter.findUserById(id)) === null) return false
      await internalAdapter.deleteUserSessions(id)
      await internalAdapter.deleteUser(id)
      return true
    },
  }
}

const personOf = (user: StoredUser): Person => {
  const role = ROLES.find((name) => name === user.role)
  if (role === undefined) throw new Error(`person ${user.id} has no role`)
  return {
    kind: 'person',
    id: user.id,
    role,
    party: typeof user.party === 'string' ? user.party : null,
  }
}
