export default {
  login: {
    title: '登录',
    subtitle: '教育督导 · 课堂巡查',
    lead: '看得见课堂，看不见面孔',
    promise: '大屏上只有座位与姿态。进入教室要写明事由，每一次都有记录。',
    account: '账号',
    password: '密码',
    go: '登录',
    help: '忘记密码或账号停用，请联系区县管理员。',
    locked: '连续输错次数过多，{left} 后可以再试。',
    lockOver: '现在可以再次登录。',
    ended: '登录已过期，请重新登录，之后回到刚才的页面。',
  },
}
