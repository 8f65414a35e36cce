import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from members.together import Together


class Migration(migrations.Migration):

    dependencies = [
        ('alliances', '0006_points'),
        ('listings', '0009_projects'),
        ('members', '0003_messages'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
        migrations.CreateModel(
            name='JointCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('under_way', '办理中'), ('closed', '已结束')], default='under_way', max_length=10, verbose_name='状态')),
                ('kind', models.CharField(choices=[('joint', '联动办案'), ('campaign', '专项行动')], max_length=10, verbose_name='类型')),
                ('title', models.CharField(max_length=80, verbose_name='名称')),
                ('detail', models.TextField(blank=True, verbose_name='做什么、怎么分工')),
                ('begun_on', models.DateField(verbose_name='开始日期')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='结束日期')),
                ('outcome', models.TextField(blank=True, verbose_name='结果')),
                ('synthetic', models.BooleanField(default=False, verbose_name='演示数据')),
                ('source', models.CharField(blank=True, max_length=40, verbose_name='出处')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('alliance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='alliances.alliance', verbose_name='联合体')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.region')),
            ],
            options={
                'verbose_name': '联动事项',
                'verbose_name_plural': '联动事项',
                'ordering': ('-begun_on', '-id'),
            },
        ),
        migrations.CreateModel(
            name='JointCaseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('under_way', '办理中'), ('closed', '已结束')], default='under_way', max_length=10, verbose_name='状态')),
                ('kind', models.CharField(choices=[('joint', '联动办案'), ('campaign', '专项行动')], max_length=10, verbose_name='类型')),
                ('title', models.CharField(max_length=80, verbose_name='名称')),
                ('detail', models.TextField(blank=True, verbose_name='做什么、怎么分工')),
                ('begun_on', models.DateField(verbose_name='开始日期')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='结束日期')),
                ('outcome', models.TextField(blank=True, verbose_name='结果')),
                ('synthetic', models.BooleanField(default=False, verbose_name='演示数据')),
                ('source', models.CharField(blank=True, max_length=40, verbose_name='出处')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('alliance', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='alliances.alliance', verbose_name='联合体')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='listings.jointcase')),
                ('region', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.region')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('unit', models.CharField(max_length=8, verbose_name='单位')),
                ('exact', models.BooleanField(default=False, verbose_name='保留两位小数（金额）')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='listings.jointcase')),
            ],
            options={
                'verbose_name': '成效项目',
                'verbose_name_plural': '成效项目',
                'ordering': ('case', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period_from', models.DateField(verbose_name='起')),
                ('period_to', models.DateField(verbose_name='止')),
                ('value', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='数值')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='依据')),
                ('standing', models.BooleanField(default=True)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='更正理由')),
                ('at', models.DateTimeField(verbose_name='登记时间')),
                ('synthetic', models.BooleanField(default=False, verbose_name='演示数据')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='listings.measure', verbose_name='成效项目')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='case_records', to='members.organization', verbose_name='部门')),
                ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='listings.record')),
            ],
            options={
                'verbose_name': '成效登记',
                'verbose_name_plural': '成效登记',
                'ordering': ('measure', 'period_from', 'id'),
            },
        ),
        migrations.CreateModel(
            name='RecordEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('period_from', models.DateField(verbose_name='起')),
                ('period_to', models.DateField(verbose_name='止')),
                ('value', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='数值')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='依据')),
                ('standing', models.BooleanField(default=True)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='更正理由')),
                ('at', models.DateTimeField(verbose_name='登记时间')),
                ('synthetic', models.BooleanField(default=False, verbose_name='演示数据')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='listings.measure', verbose_name='成效项目')),
                ('organization', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organization', verbose_name='部门')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='listings.record')),
                ('reverses', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='listings.record')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Taking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('leads', models.BooleanField(default=False, verbose_name='牵头')),
                ('since', models.DateField(verbose_name='参加日期')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='takings', to='listings.jointcase')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='takings', to='members.organization')),
            ],
            options={
                'verbose_name': '参加部门',
                'verbose_name_plural': '参加部门',
                'ordering': ('case', '-leads', 'id'),
            },
        ),
        migrations.AddIndex(
            model_name='jointcase',
            index=models.Index(fields=['-begun_on', '-id'], name='listings_jo_begun_o_0d0b0e_idx'),
        ),
        migrations.AddIndex(
            model_name='jointcase',
            index=models.Index(fields=['region', 'begun_on'], name='listings_jo_region__697b9d_idx'),
        ),
        migrations.AddConstraint(
            model_name='jointcase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state', 'closed')), models.Q(('closed_on', None), ('state', 'under_way')), _connector='OR'), name='closed_case_has_its_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jointcase',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "listings_jointcaseevent" ("alliance_id", "begun_on", "closed_on", "detail", "id", "kind", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "source", "state", "synthetic", "title", "updated_at") VALUES (NEW."alliance_id", NEW."begun_on", NEW."closed_on", NEW."detail", NEW."id", NEW."kind", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region_id", NEW."source", NEW."state", NEW."synthetic", NEW."title", NEW."updated_at"); RETURN NULL;', hash='1eeec26a843205d70ec709cc43c27623075e7b08', operation='UPDATE', pgid='pgtrigger_update_update_90468', table='listings_jointcase', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jointcase',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "listings_jointcaseevent" ("alliance_id", "begun_on", "closed_on", "detail", "id", "kind", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "source", "state", "synthetic", "title", "updated_at") VALUES (OLD."alliance_id", OLD."begun_on", OLD."closed_on", OLD."detail", OLD."id", OLD."kind", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."region_id", OLD."source", OLD."state", OLD."synthetic", OLD."title", OLD."updated_at"); RETURN NULL;', hash='43c41ed6b789b7f67b9adc4d0b0619acf4afc36b', operation='DELETE', pgid='pgtrigger_delete_delete_7012e', table='listings_jointcase', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.UniqueConstraint(fields=('case', 'name'), name='one_measure_a_name'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=models.UniqueConstraint(condition=models.Q(('standing', True)), fields=('measure', 'organization', 'period_from', 'period_to'), name='one_standing_record'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=models.CheckConstraint(condition=models.Q(('period_to__gte', models.F('period_from'))), name='record_runs_forward'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reverses', None), ('value__gte', 0)), models.Q(('reverses__isnull', False), ('standing', False)), _connector='OR'), name='only_counter_entries_are_negative'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='record',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "listings_recordevent" ("at", "by_id", "id", "measure_id", "note", "organization_id", "period_from", "period_to", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reverses_id", "standing", "synthetic", "updated_at", "value") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."measure_id", NEW."note", NEW."organization_id", NEW."period_from", NEW."period_to", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."reverses_id", NEW."standing", NEW."synthetic", NEW."updated_at", NEW."value"); RETURN NULL;', hash='38ceb9d0b8d943e9beb07a5f1aa7fa9a6187d976', operation='UPDATE', pgid='pgtrigger_update_update_235d6', table='listings_record', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='record',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "listings_recordevent" ("at", "by_id", "id", "measure_id", "note", "organization_id", "period_from", "period_to", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reverses_id", "standing", "synthetic", "updated_at", "value") VALUES (OLD."at", OLD."by_id", OLD."id", OLD."measure_id", OLD."note", OLD."organization_id", OLD."period_from", OLD."period_to", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."reverses_id", OLD."standing", OLD."synthetic", OLD."updated_at", OLD."value"); RETURN NULL;', hash='4f2b518a8859185b44141d0964cbd7215bc687b4', operation='DELETE', pgid='pgtrigger_delete_delete_3710f', table='listings_record', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='taking',
            constraint=models.UniqueConstraint(fields=('case', 'organization'), name='takes_part_once'),
        ),
        migrations.AddConstraint(
            model_name='taking',
            constraint=models.UniqueConstraint(condition=models.Q(('leads', True)), fields=('case',), name='one_lead_a_case'),
        ),
        ]),
    ]
