// Only these pages need them.
import 'element-plus/theme-chalk/el-date-picker.css'
import 'element-plus/theme-chalk/el-time-picker.css'
