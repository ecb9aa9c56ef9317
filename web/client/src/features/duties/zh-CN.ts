export default {
  duties: {
    title: '我的待办（{n}）',
    kind: {
      sendObservation: '听课记录未发给教师',
      answerObservation: '听课反馈待确认',
      decideAppeal: '申诉待处理',
      tendAlert: '派给我的预警',
      answerRectification: '整改待回复',
      judgeRectification: '整改回复待评判',
      recheckRectification: '约好的复查',
      reportRectification: '待向局里报告',
    },
    due: '{at} 前',
    overdue: '已过期，应在 {at} 前',
    since: '{at} 起',
    more: '还有 {n} 项',
    fewer: '收起',
  },
}
