"""Words and rules of the desk in plain Python: no database, no window, no file formats.

One glossary, Chinese at the desk, English in the code:

    客户档案 customer      车辆 vehicle            车主 owner           送修人 brought_by
    抱怨/投诉单 complaint  接收渠道 channel         级别 severity        类别 category
    抱怨内容 words         诉求 demand              委托书号 order_number 受理 received
    缺点纠正 correction    根本原因 root_cause      长期措施 long_term_measure
    解决措施 solution      安抚措施 soothing        责任线 line          责任人 responsible
    返修 rework            内返 internal            外返 external        修竣 finished
    回访 follow_up         满意度 satisfaction      顾客反馈 feedback    登记表 register
    移交 hand_over         响应 respond             解决 resolve         关闭 close
    存档 file              作废 void                重开 reopen          退回 return
    方案 A/B/C Solution    延期 extension          回话 promise             代录 on_behalf
    撤稿 withdrawal        上报 escalation         更正 correction of a step 空话放行 override_wording
    损失和补偿 compensation 六步向导 guidance        处理手册 playbook       函件 letter
    历史导入 history       来源单号 source_number   待补客户 customer_missing
    苗头 sign              补救 remedy             部位 part           同部位 Likeness.PART
    月报 monthly           指标 kpi                分布 spread         典型案例 typical
    编制 freeze            版 edition              签字 sign           审阅 review
    柏拉图 pareto          评注 comment            机制评估 mechanism  晨会单/交班单 desk_papers
"""
