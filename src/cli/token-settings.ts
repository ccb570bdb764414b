import type { Text } from '../text.ts';
import { type Algorithm, algorithms } from '../tokens/algorithms.ts';
import { someOf, text } from './setting.ts';

function claim(name: string, help: Text) {
  const expected = { zh: '声明的名称', en: 'the name of a claim' };
  return text({ group: 'server', default: name, form: /^\S{1,200}$/, help, expected });
}

/** What is to be expected of the tokens of an identity provider. */
export const tokenSettings = {
  jwtIssuer: text<string | null>({
    group: 'server',
    default: null,
    form: /^\S{1,500}$/,
    help: {
      zh: '接受此签发方 (iss) 的令牌；需同时给出受众与公钥',
      en: 'take tokens of this issuer (iss); wants an audience and keys too',
    },
    expected: { zh: '令牌 iss 的值', en: 'what tokens say in iss' },
  }),
  jwtAudience: text<string | null>({
    group: 'server',
    default: null,
    form: /^\S{1,500}$/,
    help: { zh: '令牌的受众 (aud) 须含此值', en: 'what tokens must hold in aud' },
    expected: { zh: '令牌 aud 的值', en: 'what tokens say in aud' },
  }),
  jwtJwks: text<string | null>({
    group: 'server',
    default: null,
    // Keys that anybody on the way can change are no keys; the way to this machine itself has nobody on it.
    form: /^(https:\/\/\S+|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/\S*)?|(?!https?:).+)$/,
    help: {
      zh: '签发方的公钥：JWKS 文件，或 https:// 地址（每 10 分钟重读）',
      en: 'public keys of the issuer: a JWKS file, or an https:// address, read anew every 10 minutes',
    },
    expected: { zh: '一个文件或 https:// 地址', en: 'a file or an https:// address' },
  }),
  jwtAlgorithms: someOf<Algorithm>(algorithms, {
    group: 'server',
    default: ['RS256', 'ES256', 'EdDSA'],
    help: {
      zh: '令牌的签名算法；不接受 none 与共享密钥 (HS…)',
      en: 'signatures of tokens; never none or shared secrets (HS…)',
    },
  }),
  jwtActorClaim: claim('sub', { zh: '令牌中表示操作人的声明', en: 'claim of a token that names the actor' }),
  jwtRolesClaim: claim('roles', {
    zh: '令牌中表示角色的声明（列表，或以空格分隔）',
    en: 'claim that holds the roles, a list or words with blanks between them',
  }),
  jwtTeamClaim: claim('team', { zh: '令牌中表示团队的声明', en: 'claim that names the team' }),
  jwtTenantClaim: claim('tenant', {
    zh: '令牌中表示租户的声明；没有该声明的令牌属于 main',
    en: 'claim that names the tenant; a token without it is of main',
  }),
};
