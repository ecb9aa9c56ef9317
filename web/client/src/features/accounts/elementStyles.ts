/** The styles of Element Plus that only the accounts need. */
import 'element-plus/theme-chalk/el-date-picker.css'
