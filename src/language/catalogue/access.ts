/** What the door-keeper says, and what making the first admin says. */
export const access = {
  'access.sign-in-needed': { en: 'sign in first', zh: '请先登录' },
  'access.sign-in-refused': {
    en: 'that did not work; check what you entered',
    zh: '未能完成，请检查所填内容',
  },
  'access.not-allowed': {
    en: 'your role does not include this',
    zh: '您的角色无权进行此操作',
  },
  'access.scope-missing': {
    en: 'this key was not issued for that',
    zh: '该密钥不具备此项权限',
  },
  'access.cross-site': {
    en: 'the request comes from another site',
    zh: '该请求来自其他网站，已拒绝',
  },
  'access.too-often': {
    en: 'too many requests; try again in {seconds} s',
    zh: '请求过于频繁，请在 {seconds} 秒后重试',
  },
  'access.email-taken': {
    en: 'there is an account with this address already',
    zh: '该邮箱已有账号',
  },
  'access.invitation-spent': {
    en: 'the invitation was used, has run out, or never existed',
    zh: '邀请已使用、已过期或不存在',
  },
  'access.not-yourself': {
    en: 'another admin must remove your account',
    zh: '不能删除自己的账号，请由其他管理员操作',
  },
  'admin.summary': {
    en: 'make the first admin, or another one',
    zh: '创建首个或新的管理员',
  },
  'admin.help': {
    en: `Usage: assay admin create --email ADDRESS [options]

Nobody can sign up: the first admin is made here, at the terminal of the machine, and invites
everybody else. The password is read from standard input, one line of at least {min} characters.
Stop the service first if it runs on the embedded database.

  --email ADDRESS     what the admin signs in with
  --name NAME         how the admin is called (default: the address)
  --database URL      a Postgres database (default: the embedded one in --data)
  --data DIR          the service's folder (default: assay-data)
  --master-key FILE   the master key (default: master.key in --data; or $ASSAY_MASTER_KEY)

Example: read -rs PW && printf %s "$PW" | assay admin create --email admin@example.org`,
    zh: `用法：assay admin create --email 邮箱 [选项]

系统不开放自行注册：首个管理员须在本机终端创建，其他人由管理员邀请。密码从标准输入读取，
一行，至少 {min} 个字符。若服务正使用内置数据库运行，请先停止服务。

  --email 邮箱          管理员登录所用邮箱
  --name 名称           管理员的称呼（默认为邮箱）
  --database URL        Postgres 数据库（默认使用 --data 中的内置数据库）
  --data 目录           服务的数据目录（默认 assay-data）
  --master-key 文件     主密钥（默认为 --data 中的 master.key；或 $ASSAY_MASTER_KEY）

示例：read -rs PW && printf %s "$PW" | assay admin create --email admin@example.org`,
  },
  'admin.usage': {
    en: 'say "assay admin create --email ADDRESS"; --help tells more',
    zh: '请使用“assay admin create --email 邮箱”；详见 --help',
  },
  'admin.bad-email': { en: '"{email}" is no e-mail address', zh: '“{email}”不是邮箱地址' },
  'admin.short-password': {
    en: 'the password needs at least {min} characters',
    zh: '密码至少需要 {min} 个字符',
  },
  'admin.cannot-open': {
    en: 'the database did not open: {reason}',
    zh: '无法打开数据库：{reason}',
  },
  'admin.taken': {
    en: 'there is an account for {email} already',
    zh: '{email} 已有账号',
  },
  'admin.created': { en: '{email} is an admin now', zh: '已将 {email} 设为管理员' },
} as const
