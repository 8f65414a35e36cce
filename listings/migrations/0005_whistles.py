import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from members.together import Together


class Migration(migrations.Migration):

    dependencies = [
        ('alliances', '0003_working_days'),
        ('listings', '0004_deadlines'),
        ('members', '0003_messages'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('called', '待签收'), ('signed_for', '已签收'), ('arrived', '已到场'), ('reported', '已报告'), ('refused', '不承担')], default='called', max_length=12, verbose_name='状态')),
                ('role', models.CharField(choices=[('lead', '牵头部门'), ('assist', '协同部门')], max_length=8, verbose_name='分工')),
                ('called_on', models.DateField(blank=True, null=True, verbose_name='呼叫日期')),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='签收时间')),
                ('arrived_at', models.DateTimeField(blank=True, null=True, verbose_name='到场说明时间')),
                ('arrival', models.TextField(blank=True, verbose_name='到场情况')),
                ('reported_at', models.DateTimeField(blank=True, null=True, verbose_name='报告时间')),
                ('report', models.TextField(blank=True, verbose_name='处置报告')),
                ('refused_at', models.DateTimeField(blank=True, null=True, verbose_name='说明不承担时间')),
                ('refusal', models.TextField(blank=True, verbose_name='不承担的理由')),
                ('where_next', models.TextField(blank=True, verbose_name='应当找谁')),
                ('satisfied', models.BooleanField(blank=True, null=True, verbose_name='是否满意')),
                ('remark', models.TextField(blank=True, verbose_name='评价意见')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='members.organization', verbose_name='部门')),
            ],
            options={
                'verbose_name': '部门报到',
                'verbose_name_plural': '部门报到',
                'ordering': ('whistle', '-role', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Whistle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', '待批准'), ('turned_down', '未批准'), ('sounded', '已吹响'), ('reported', '待评价'), ('evaluated', '已评价'), ('called_off', '已撤销')], default='asked', max_length=12, verbose_name='状态')),
                ('reason', models.CharField(choices=[('pressing', '超出社区街道能力的急难问题'), ('enforcement', '需要多部门联合执法'), ('emergency', '应急处置')], max_length=12, verbose_name='吹哨情形')),
                ('need', models.TextField(verbose_name='要部门做什么')),
                ('asked_at', models.DateTimeField(verbose_name='提出时间')),
                ('sounded_on', models.DateField(blank=True, null=True, verbose_name='吹响日期')),
                ('evaluated_on', models.DateField(blank=True, null=True, verbose_name='评价日期')),
                ('solved', models.BooleanField(blank=True, null=True, verbose_name='是否解决')),
                ('satisfied', models.BooleanField(blank=True, null=True, verbose_name='是否满意')),
                ('remark', models.TextField(blank=True, verbose_name='评价意见')),
                ('synthetic', models.BooleanField(default=False, verbose_name='演示数据')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('alliance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='whistles', to='alliances.alliance', verbose_name='联合体')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('caller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='whistles', to='members.organization', verbose_name='吹哨')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='whistles', to='listings.item', verbose_name='事项')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.region')),
            ],
            options={
                'verbose_name': '吹哨',
                'verbose_name_plural': '吹哨',
                'ordering': ('-asked_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='CallEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('called', '待签收'), ('signed_for', '已签收'), ('arrived', '已到场'), ('reported', '已报告'), ('refused', '不承担')], default='called', max_length=12, verbose_name='状态')),
                ('role', models.CharField(choices=[('lead', '牵头部门'), ('assist', '协同部门')], max_length=8, verbose_name='分工')),
                ('called_on', models.DateField(blank=True, null=True, verbose_name='呼叫日期')),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='签收时间')),
                ('arrived_at', models.DateTimeField(blank=True, null=True, verbose_name='到场说明时间')),
                ('arrival', models.TextField(blank=True, verbose_name='到场情况')),
                ('reported_at', models.DateTimeField(blank=True, null=True, verbose_name='报告时间')),
                ('report', models.TextField(blank=True, verbose_name='处置报告')),
                ('refused_at', models.DateTimeField(blank=True, null=True, verbose_name='说明不承担时间')),
                ('refusal', models.TextField(blank=True, verbose_name='不承担的理由')),
                ('where_next', models.TextField(blank=True, verbose_name='应当找谁')),
                ('satisfied', models.BooleanField(blank=True, null=True, verbose_name='是否满意')),
                ('remark', models.TextField(blank=True, verbose_name='评价意见')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('organization', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organization', verbose_name='部门')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='listings.call')),
                ('whistle', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='listings.whistle', verbose_name='吹哨')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='call',
            name='whistle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='listings.whistle', verbose_name='吹哨'),
        ),
        migrations.CreateModel(
            name='WhistleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('asked', '待批准'), ('turned_down', '未批准'), ('sounded', '已吹响'), ('reported', '待评价'), ('evaluated', '已评价'), ('called_off', '已撤销')], default='asked', max_length=12, verbose_name='状态')),
                ('reason', models.CharField(choices=[('pressing', '超出社区街道能力的急难问题'), ('enforcement', '需要多部门联合执法'), ('emergency', '应急处置')], max_length=12, verbose_name='吹哨情形')),
                ('need', models.TextField(verbose_name='要部门做什么')),
                ('asked_at', models.DateTimeField(verbose_name='提出时间')),
                ('sounded_on', models.DateField(blank=True, null=True, verbose_name='吹响日期')),
                ('evaluated_on', models.DateField(blank=True, null=True, verbose_name='评价日期')),
                ('solved', models.BooleanField(blank=True, null=True, verbose_name='是否解决')),
                ('satisfied', models.BooleanField(blank=True, null=True, verbose_name='是否满意')),
                ('remark', models.TextField(blank=True, verbose_name='评价意见')),
                ('synthetic', models.BooleanField(default=False, verbose_name='演示数据')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('alliance', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='alliances.alliance', verbose_name='联合体')),
                ('asked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('caller', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organization', verbose_name='吹哨')),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='listings.item', verbose_name='事项')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='listings.whistle')),
                ('region', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.region')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='whistle',
            index=models.Index(fields=['-asked_at', '-id'], name='listings_wh_asked_a_323f37_idx'),
        ),
        migrations.AddIndex(
            model_name='whistle',
            index=models.Index(fields=['region', 'sounded_on'], name='listings_wh_region__cc8f25_idx'),
        ),
        migrations.AddIndex(
            model_name='whistle',
            index=models.Index(fields=['region', 'evaluated_on'], name='listings_wh_region__282e21_idx'),
        ),
        migrations.AddIndex(
            model_name='whistle',
            index=models.Index(fields=['alliance', 'state'], name='listings_wh_allianc_5d7554_idx'),
        ),
        migrations.AddConstraint(
            model_name='whistle',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('asked', 'sounded', 'reported'))), fields=('item',), name='one_whistle_an_item'),
        ),
        migrations.AddConstraint(
            model_name='whistle',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='head_is_not_who_asked'),
        ),
        migrations.AddConstraint(
            model_name='whistle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('sounded', 'reported', 'evaluated')), _negated=True), models.Q(('decided_by__isnull', False), ('sounded_on__isnull', False)), _connector='OR'), name='sounded_whistle_has_day_and_head'),
        ),
        migrations.AddConstraint(
            model_name='whistle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'evaluated'), _negated=True), models.Q(('evaluated_on__isnull', False), ('satisfied__isnull', False), ('solved__isnull', False)), _connector='OR'), name='evaluated_whistle_says_how'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='whistle',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "listings_whistleevent" ("alliance_id", "asked_at", "asked_by_id", "caller_id", "decided_by_id", "evaluated_on", "id", "item_id", "need", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "region_id", "remark", "satisfied", "solved", "sounded_on", "state", "synthetic", "updated_at") VALUES (NEW."alliance_id", NEW."asked_at", NEW."asked_by_id", NEW."caller_id", NEW."decided_by_id", NEW."evaluated_on", NEW."id", NEW."item_id", NEW."need", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."region_id", NEW."remark", NEW."satisfied", NEW."solved", NEW."sounded_on", NEW."state", NEW."synthetic", NEW."updated_at"); RETURN NULL;', hash='2eca89be093ca8d1fdc93a3cb3faba1a647efdb8', operation='UPDATE', pgid='pgtrigger_update_update_53200', table='listings_whistle', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='whistle',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "listings_whistleevent" ("alliance_id", "asked_at", "asked_by_id", "caller_id", "decided_by_id", "evaluated_on", "id", "item_id", "need", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "region_id", "remark", "satisfied", "solved", "sounded_on", "state", "synthetic", "updated_at") VALUES (OLD."alliance_id", OLD."asked_at", OLD."asked_by_id", OLD."caller_id", OLD."decided_by_id", OLD."evaluated_on", OLD."id", OLD."item_id", OLD."need", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."region_id", OLD."remark", OLD."satisfied", OLD."solved", OLD."sounded_on", OLD."state", OLD."synthetic", OLD."updated_at"); RETURN NULL;', hash='f7e7d111b09d808f1d5ae0a1c447f48ac7eebd7c', operation='DELETE', pgid='pgtrigger_delete_delete_60134', table='listings_whistle', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['organization', 'state'], name='listings_ca_organiz_c7163a_idx'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['called_on'], name='listings_ca_called__03b8c3_idx'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.UniqueConstraint(fields=('whistle', 'organization'), name='one_call_a_department'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'lead'), models.Q(('state', 'refused'), _negated=True)), fields=('whistle',), name='one_lead_a_whistle'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'called'), ('called_on__isnull', False), _connector='OR'), name='answered_call_was_made'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(models.Q(('refusal', ''), _negated=True), models.Q(('where_next', ''), _negated=True)), _connector='OR'), name='refusal_says_why_and_who'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "listings_callevent" ("arrival", "arrived_at", "called_on", "id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal", "refused_at", "remark", "report", "reported_at", "role", "satisfied", "signed_at", "state", "updated_at", "where_next", "whistle_id") VALUES (NEW."arrival", NEW."arrived_at", NEW."called_on", NEW."id", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."refusal", NEW."refused_at", NEW."remark", NEW."report", NEW."reported_at", NEW."role", NEW."satisfied", NEW."signed_at", NEW."state", NEW."updated_at", NEW."where_next", NEW."whistle_id"); RETURN NULL;', hash='efe68e8124239fbed996593be054a2aa0b9ebc51', operation='UPDATE', pgid='pgtrigger_update_update_50adc', table='listings_call', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "listings_callevent" ("arrival", "arrived_at", "called_on", "id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal", "refused_at", "remark", "report", "reported_at", "role", "satisfied", "signed_at", "state", "updated_at", "where_next", "whistle_id") VALUES (OLD."arrival", OLD."arrived_at", OLD."called_on", OLD."id", OLD."organization_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."refusal", OLD."refused_at", OLD."remark", OLD."report", OLD."reported_at", OLD."role", OLD."satisfied", OLD."signed_at", OLD."state", OLD."updated_at", OLD."where_next", OLD."whistle_id"); RETURN NULL;', hash='7ed74c9c8bd2aa593b2a3ab4029cdab8ffc49dd9', operation='DELETE', pgid='pgtrigger_delete_delete_1634f', table='listings_call', when='AFTER')),
        ),
        ]),
    ]
