import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from members.together import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('alliances', '0001_initial'),
        ('members', '0002_one_duty'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('metric', models.CharField(max_length=40, verbose_name='指标')),
                ('comparison', models.CharField(choices=[('lt', '低于'), ('lte', '不超过'), ('gte', '达到'), ('eq', '等于')], max_length=3, verbose_name='比较')),
                ('threshold', models.DecimalField(decimal_places=4, max_digits=12, verbose_name='界限')),
            ],
            options={
                'verbose_name': '规则条件',
                'verbose_name_plural': '规则条件',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
                ('name', models.CharField(max_length=40, verbose_name='指标')),
                ('weight', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='权重')),
                ('source', models.CharField(choices=[('metric', '系统计算'), ('members', '成员评价'), ('superior', '上级评价')], max_length=10, verbose_name='来源')),
                ('metric', models.CharField(blank=True, max_length=40, verbose_name='计算指标')),
                ('zero_at', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='零分值')),
                ('full_at', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='满分值')),
                ('standard', models.CharField(blank=True, max_length=200, verbose_name='评分标准')),
            ],
            options={
                'verbose_name': '考核指标',
                'verbose_name_plural': '考核指标',
                'ordering': ('position', 'id'),
            },
        ),
        migrations.CreateModel(
            name='BurdenCeiling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fillings', models.PositiveSmallIntegerField(verbose_name='填写项')),
                ('requests', models.PositiveSmallIntegerField(verbose_name='办理要求')),
                ('messages', models.PositiveSmallIntegerField(verbose_name='消息')),
                ('set_at', models.DateTimeField(verbose_name='设定时间')),
                ('region', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='burden_ceiling', to='members.region')),
            ],
            options={
                'verbose_name': '减负上限',
                'verbose_name_plural': '减负上限',
                'ordering': ('region_id',),
            },
        ),
        migrations.CreateModel(
            name='ReviewRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('rectify', '规范整顿'), ('reward', '政策资金倾斜'), ('observe', '重点关注'), ('dissolve', '撤销')], max_length=10, verbose_name='建议')),
                ('word', models.CharField(max_length=40, verbose_name='提示语')),
                ('active', models.BooleanField(default=True, verbose_name='启用')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='review_rules', to='members.region')),
            ],
            options={
                'verbose_name': '动态管理规则',
                'verbose_name_plural': '动态管理规则',
                'ordering': ('region_id', 'position', 'id'),
            },
        ),
        migrations.CreateModel(
            name='ConditionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('metric', models.CharField(max_length=40, verbose_name='指标')),
                ('comparison', models.CharField(choices=[('lt', '低于'), ('lte', '不超过'), ('gte', '达到'), ('eq', '等于')], max_length=3, verbose_name='比较')),
                ('threshold', models.DecimalField(decimal_places=4, max_digits=12, verbose_name='界限')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='assessments.condition')),
                ('rule', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assessments.reviewrule')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='condition',
            name='rule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conditions', to='assessments.reviewrule'),
        ),
        migrations.CreateModel(
            name='ReviewRuleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('rectify', '规范整顿'), ('reward', '政策资金倾斜'), ('observe', '重点关注'), ('dissolve', '撤销')], max_length=10, verbose_name='建议')),
                ('word', models.CharField(max_length=40, verbose_name='提示语')),
                ('active', models.BooleanField(default=True, verbose_name='启用')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='assessments.reviewrule')),
                ('region', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.region')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReviewRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('running', '进行中'), ('complete', '已完成')], default='running', max_length=10, verbose_name='状态')),
                ('as_of', models.DateField(unique=True, verbose_name='数据截至')),
                ('period_from', models.DateField(verbose_name='起')),
                ('rules', models.JSONField(default=list)),
                ('cursor', models.BigIntegerField(default=0)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='摘要')),
                ('started_at', models.DateTimeField(verbose_name='开始时间')),
                ('completed_at', models.DateTimeField(blank=True, null=True, verbose_name='完成时间')),
                ('synthetic', models.BooleanField(default=False, verbose_name='演示数据')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '动态管理分析',
                'verbose_name_plural': '动态管理分析',
                'ordering': ('-as_of',),
            },
        ),
        migrations.CreateModel(
            name='ReviewRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('values', models.JSONField()),
                ('alliance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_rows', to='alliances.alliance')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='assessments.reviewrun')),
            ],
            options={
                'verbose_name': '分析数据',
                'verbose_name_plural': '分析数据',
                'ordering': ('alliance_id',),
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', '待研判'), ('waiting', '待复核'), ('confirmed', '已采纳'), ('overruled', '不采纳')], default='open', max_length=10, verbose_name='状态')),
                ('kind', models.CharField(choices=[('rectify', '规范整顿'), ('reward', '政策资金倾斜'), ('observe', '重点关注'), ('dissolve', '撤销')], max_length=10, verbose_name='建议')),
                ('evidence', models.JSONField(verbose_name='依据')),
                ('synthetic', models.BooleanField(default=False, verbose_name='演示数据')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('alliance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='alliances.alliance', verbose_name='联合体')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.region')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='assessments.reviewrun', verbose_name='分析')),
            ],
            options={
                'verbose_name': '处置建议',
                'verbose_name_plural': '处置建议',
                'ordering': ('region_id', 'alliance_id', 'kind'),
            },
        ),
        migrations.CreateModel(
            name='Scheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', '拟定中'), ('open', '评价中'), ('scoring', '核分中'), ('published', '已公布')], default='draft', max_length=10, verbose_name='状态')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2199)], verbose_name='年度')),
                ('title', models.CharField(max_length=80, verbose_name='名称')),
                ('cut_off', models.DateField(verbose_name='数据截止日期')),
                ('member_weight', models.DecimalField(decimal_places=2, default=60, max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='成员结果中联合体评价的权重')),
                ('excellent_from', models.DecimalField(decimal_places=2, default=90, max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='优秀分数线')),
                ('good_from', models.DecimalField(decimal_places=2, default=75, max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='良好分数线')),
                ('fair_from', models.DecimalField(decimal_places=2, default=60, max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='一般分数线')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='公布日期')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='结果摘要')),
                ('synthetic', models.BooleanField(default=False, verbose_name='演示数据')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schemes', to='members.region', verbose_name='区划')),
            ],
            options={
                'verbose_name': '考核方案',
                'verbose_name_plural': '考核方案',
                'ordering': ('-year', 'region_id'),
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('members', '成员评联合体'), ('superior', '上级评联合体'), ('alliance', '联合体评成员')], max_length=10, verbose_name='方向')),
                ('score', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='评分')),
                ('reason', models.TextField(blank=True, verbose_name='理由')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('synthetic', models.BooleanField(default=False, verbose_name='演示数据')),
                ('alliance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='alliances.alliance', verbose_name='联合体')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='members.organization', verbose_name='党组织')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='assessments.scheme', verbose_name='方案')),
            ],
            options={
                'verbose_name': '评价',
                'verbose_name_plural': '评价',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='MemberScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name='得分')),
                ('working', models.JSONField(verbose_name='计算过程')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('alliance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='member_scores', to='alliances.alliance', verbose_name='联合体')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='member_scores', to='members.organization', verbose_name='党组织')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='member_scores', to='assessments.scheme', verbose_name='方案')),
            ],
            options={
                'verbose_name': '成员考核结果',
                'verbose_name_plural': '成员考核结果',
                'ordering': ('organization__code', 'alliance_id'),
            },
        ),
        migrations.CreateModel(
            name='IndicatorEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
                ('name', models.CharField(max_length=40, verbose_name='指标')),
                ('weight', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='权重')),
                ('source', models.CharField(choices=[('metric', '系统计算'), ('members', '成员评价'), ('superior', '上级评价')], max_length=10, verbose_name='来源')),
                ('metric', models.CharField(blank=True, max_length=40, verbose_name='计算指标')),
                ('zero_at', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='零分值')),
                ('full_at', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='满分值')),
                ('standard', models.CharField(blank=True, max_length=200, verbose_name='评分标准')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='assessments.indicator')),
                ('scheme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assessments.scheme', verbose_name='方案')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='indicator',
            name='scheme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='assessments.scheme', verbose_name='方案'),
        ),
        migrations.CreateModel(
            name='AllianceScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name='得分')),
                ('evaluation', models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name='成员评价')),
                ('grade', models.CharField(blank=True, max_length=10, verbose_name='等次')),
                ('working', models.JSONField(verbose_name='计算过程')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('alliance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='alliances.alliance', verbose_name='联合体')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='assessments.scheme', verbose_name='方案')),
            ],
            options={
                'verbose_name': '联合体考核结果',
                'verbose_name_plural': '联合体考核结果',
                'ordering': ('alliance__code', 'alliance_id'),
            },
        ),
        migrations.CreateModel(
            name='SchemeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('draft', '拟定中'), ('open', '评价中'), ('scoring', '核分中'), ('published', '已公布')], default='draft', max_length=10, verbose_name='状态')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2199)], verbose_name='年度')),
                ('title', models.CharField(max_length=80, verbose_name='名称')),
                ('cut_off', models.DateField(verbose_name='数据截止日期')),
                ('member_weight', models.DecimalField(decimal_places=2, default=60, max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='成员结果中联合体评价的权重')),
                ('excellent_from', models.DecimalField(decimal_places=2, default=90, max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='优秀分数线')),
                ('good_from', models.DecimalField(decimal_places=2, default=75, max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='良好分数线')),
                ('fair_from', models.DecimalField(decimal_places=2, default=60, max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='一般分数线')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='公布日期')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='结果摘要')),
                ('synthetic', models.BooleanField(default=False, verbose_name='演示数据')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='assessments.scheme')),
                ('region', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.region', verbose_name='区划')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewrule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assessments_reviewruleevent" ("active", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "region_id", "word") VALUES (NEW."active", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."region_id", NEW."word"); RETURN NULL;', hash='48873870f8f69105228bc89022b10f7833a6235f', operation='UPDATE', pgid='pgtrigger_update_update_a8058', table='assessments_reviewrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewrule',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assessments_reviewruleevent" ("active", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "region_id", "word") VALUES (OLD."active", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."region_id", OLD."word"); RETURN NULL;', hash='f225f74ce7e4dd43e37d0de08c37ca2ffc4200fb', operation='DELETE', pgid='pgtrigger_delete_delete_2fe2e', table='assessments_reviewrule', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.UniqueConstraint(fields=('rule', 'metric', 'comparison'), name='one_condition_of_a_kind'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='condition',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assessments_conditionevent" ("comparison", "id", "metric", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule_id", "threshold") VALUES (NEW."comparison", NEW."id", NEW."metric", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rule_id", NEW."threshold"); RETURN NULL;', hash='b0ba89441ad9b2d8ae122cfba23005156fd8393e', operation='UPDATE', pgid='pgtrigger_update_update_02394', table='assessments_condition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='condition',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assessments_conditionevent" ("comparison", "id", "metric", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule_id", "threshold") VALUES (OLD."comparison", OLD."id", OLD."metric", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rule_id", OLD."threshold"); RETURN NULL;', hash='2e3c1ecbfbeeeaaafa82a50742b79d1a9ffb61e4', operation='DELETE', pgid='pgtrigger_delete_delete_ba01e', table='assessments_condition', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='reviewrow',
            constraint=models.UniqueConstraint(fields=('run', 'alliance'), name='one_row_an_alliance'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['region', 'state'], name='assessments_region__3e53cf_idx'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['updated_at', 'id'], name='assessments_updated_c17db5_idx'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(fields=('run', 'alliance', 'kind'), name='one_proposal_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='scheme',
            constraint=models.UniqueConstraint(fields=('region', 'year'), name='one_scheme_a_year'),
        ),
        migrations.AddConstraint(
            model_name='scheme',
            constraint=models.CheckConstraint(condition=models.Q(('cut_off__year', models.F('year'))), name='scheme_cut_off_in_its_year'),
        ),
        migrations.AddConstraint(
            model_name='scheme',
            constraint=models.CheckConstraint(condition=models.Q(('excellent_from__gt', models.F('good_from')), ('good_from__gt', models.F('fair_from'))), name='grades_descend'),
        ),
        migrations.AddConstraint(
            model_name='scheme',
            constraint=models.CheckConstraint(condition=models.Q(('member_weight__gte', 0), ('member_weight__lte', 100)), name='member_weight_is_a_share'),
        ),
        migrations.AddConstraint(
            model_name='scheme',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_on__isnull', False), _connector='OR'), name='published_scheme_has_its_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scheme',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assessments_schemeevent" ("cut_off", "digest", "excellent_from", "fair_from", "good_from", "id", "member_weight", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "region_id", "state", "synthetic", "title", "updated_at", "year") VALUES (NEW."cut_off", NEW."digest", NEW."excellent_from", NEW."fair_from", NEW."good_from", NEW."id", NEW."member_weight", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_on", NEW."region_id", NEW."state", NEW."synthetic", NEW."title", NEW."updated_at", NEW."year"); RETURN NULL;', hash='af21edece15d6c3f1fe2a513d2ba101418517572', operation='UPDATE', pgid='pgtrigger_update_update_a9f33', table='assessments_scheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scheme',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assessments_schemeevent" ("cut_off", "digest", "excellent_from", "fair_from", "good_from", "id", "member_weight", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "region_id", "state", "synthetic", "title", "updated_at", "year") VALUES (OLD."cut_off", OLD."digest", OLD."excellent_from", OLD."fair_from", OLD."good_from", OLD."id", OLD."member_weight", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_on", OLD."region_id", OLD."state", OLD."synthetic", OLD."title", OLD."updated_at", OLD."year"); RETURN NULL;', hash='b35e2185c271448e51494b90b25f000c91cfeede', operation='DELETE', pgid='pgtrigger_delete_delete_58571', table='assessments_scheme', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(fields=('scheme', 'alliance', 'organization', 'direction'), name='one_rating_a_pair'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('score__gte', 0), ('score__lte', 100)), name='rating_is_a_percentage'),
        ),
        migrations.AddConstraint(
            model_name='memberscore',
            constraint=models.UniqueConstraint(fields=('scheme', 'alliance', 'organization'), name='one_score_a_member'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='memberscore',
            trigger=pgtrigger.compiler.Trigger(name='published_member_score_is_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1ead41f24ca481110cba8d6b773de355b50535d0', operation='UPDATE OR DELETE', pgid='pgtrigger_published_member_score_is_frozen_8b198', table='assessments_memberscore', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gt', 0), ('weight__lte', 100)), name='indicator_weighs_something'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('full_at__isnull', False), ('metric__in', ('solve_rate', 'problems_solved', 'median_days_to_solve', 'satisfied_rate')), ('source', 'metric'), ('zero_at__isnull', False), models.Q(('zero_at', models.F('full_at')), _negated=True)), models.Q(models.Q(('source', 'metric'), _negated=True), ('metric', '')), _connector='OR'), name='indicator_is_an_outcome_or_an_opinion'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(condition=models.Q(('source', 'metric'), _negated=True), fields=('scheme', 'source'), name='one_indicator_a_rater_group'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(condition=models.Q(('source', 'metric')), fields=('scheme', 'metric'), name='one_indicator_an_outcome'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assessments_indicatorevent" ("full_at", "id", "metric", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "scheme_id", "source", "standard", "weight", "zero_at") VALUES (NEW."full_at", NEW."id", NEW."metric", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."scheme_id", NEW."source", NEW."standard", NEW."weight", NEW."zero_at"); RETURN NULL;', hash='0533626d908ea4c7c974afe74196ee7976b25be5', operation='UPDATE', pgid='pgtrigger_update_update_0f289', table='assessments_indicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assessments_indicatorevent" ("full_at", "id", "metric", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "scheme_id", "source", "standard", "weight", "zero_at") VALUES (OLD."full_at", OLD."id", OLD."metric", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."scheme_id", OLD."source", OLD."standard", OLD."weight", OLD."zero_at"); RETURN NULL;', hash='c22a363c4599b1901290d257ba842394c8ba5d91', operation='DELETE', pgid='pgtrigger_delete_delete_52222', table='assessments_indicator', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='alliancescore',
            constraint=models.UniqueConstraint(fields=('scheme', 'alliance'), name='one_score_an_alliance'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alliancescore',
            trigger=pgtrigger.compiler.Trigger(name='published_score_is_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='029f2433969151101a4e78897731f682801f9afd', operation='UPDATE OR DELETE', pgid='pgtrigger_published_score_is_frozen_e52ce', table='assessments_alliancescore', when='BEFORE')),
        ),
        ]),
    ]
