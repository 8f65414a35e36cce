import django.contrib.postgres.indexes
import django.db.models.deletion
import members.bigrams
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
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', '候补中'), ('offered', '待接受名额'), ('claimed', '已认领'), ('in_hand', '办理中'), ('finished', '待确认'), ('confirmed', '已确认'), ('released', '已退出'), ('declined', '放弃候补'), ('lapsed', '候补失效')], default='claimed', max_length=10, verbose_name='状态')),
                ('role', models.CharField(blank=True, choices=[('lead', '牵头办理'), ('assist', '协同参与')], max_length=8, verbose_name='认领方式')),
                ('slot', models.PositiveSmallIntegerField(null=True)),
                ('offered_until', models.DateTimeField(blank=True, null=True, verbose_name='接受期限')),
                ('promised_on', models.DateField(blank=True, null=True, verbose_name='承诺办结日期')),
                ('support', models.TextField(blank=True, verbose_name='可提供的支持')),
                ('claimed_at', models.DateTimeField(verbose_name='认领时间')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='完成时间')),
                ('outcome', models.TextField(blank=True, verbose_name='办理结果')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='members.organization', verbose_name='认领单位')),
            ],
            options={
                'verbose_name': '认领',
                'verbose_name_plural': '认领',
                'ordering': ('claimed_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('collected', '已收集'), ('studied', '已研判'), ('open', '待认领'), ('linked', '已对接'), ('claimed', '已认领'), ('in_hand', '办理中'), ('done', '待确认'), ('confirmed', '已确认'), ('closed', '已办结'), ('returned', '已退回'), ('refused', '不予受理')], default='collected', max_length=10, verbose_name='状态')),
                ('kind', models.CharField(choices=[('problem', '问题清单'), ('resource', '资源清单'), ('supply_demand', '供需清单'), ('project', '项目清单')], max_length=14, verbose_name='类别')),
                ('title', models.CharField(max_length=80, verbose_name='事项')),
                ('detail', models.TextField(blank=True, verbose_name='说明')),
                ('category', models.CharField(choices=[('sanitation', '环境卫生'), ('property', '物业管理'), ('traffic', '停车交通'), ('facility', '基础设施'), ('farming', '农牧技术'), ('market', '产销对接'), ('finance', '资金金融'), ('employment', '就业培训'), ('health', '医疗健康'), ('education', '教育助学'), ('care', '帮扶关爱'), ('culture', '文体活动'), ('security', '平安法治'), ('party', '党建共建'), ('other', '其他')], default='other', max_length=12, verbose_name='分类')),
                ('place', models.CharField(blank=True, max_length=80, verbose_name='地点')),
                ('wants', models.CharField(blank=True, max_length=120, verbose_name='需要')),
                ('capacity', models.PositiveSmallIntegerField(default=1, verbose_name='需要几家')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='办理期限')),
                ('for_resident', models.BooleanField(default=False, verbose_name='代居民提出')),
                ('external_id', models.CharField(blank=True, max_length=64, verbose_name='外部编号')),
                ('addendum', models.BooleanField(default=False, verbose_name='增补')),
                ('collected_on', models.DateField(verbose_name='提出日期')),
                ('first_claimed_on', models.DateField(blank=True, null=True, verbose_name='首次认领日期')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='办理完成日期')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='确认日期')),
                ('synthetic', models.BooleanField(default=False, verbose_name='演示数据')),
                ('source', models.CharField(blank=True, max_length=40, verbose_name='出处')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('alliance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='alliances.alliance', verbose_name='联合体')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='listings.item', verbose_name='对接的服务事项')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to='members.organization', verbose_name='提出')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='alliances.decision', verbose_name='会议决议')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_by_client', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.apiclient')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.region')),
            ],
            options={
                'verbose_name': '事项',
                'verbose_name_plural': '事项',
                'ordering': ('-collected_on', '-id'),
            },
        ),
        migrations.CreateModel(
            name='ClaimEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('waiting', '候补中'), ('offered', '待接受名额'), ('claimed', '已认领'), ('in_hand', '办理中'), ('finished', '待确认'), ('confirmed', '已确认'), ('released', '已退出'), ('declined', '放弃候补'), ('lapsed', '候补失效')], default='claimed', max_length=10, verbose_name='状态')),
                ('role', models.CharField(blank=True, choices=[('lead', '牵头办理'), ('assist', '协同参与')], max_length=8, verbose_name='认领方式')),
                ('slot', models.PositiveSmallIntegerField(null=True)),
                ('offered_until', models.DateTimeField(blank=True, null=True, verbose_name='接受期限')),
                ('promised_on', models.DateField(blank=True, null=True, verbose_name='承诺办结日期')),
                ('support', models.TextField(blank=True, verbose_name='可提供的支持')),
                ('claimed_at', models.DateTimeField(verbose_name='认领时间')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='完成时间')),
                ('outcome', models.TextField(blank=True, verbose_name='办理结果')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('organization', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organization', verbose_name='认领单位')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='listings.claim')),
                ('item', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='listings.item', verbose_name='事项')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='claim',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='listings.item', verbose_name='事项'),
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', '拟定中'), ('signing', '会签中'), ('signed', '已签订'), ('superseded', '已有新版')], default='draft', max_length=12, verbose_name='状态')),
                ('kind', models.CharField(choices=[('problem', '问题清单'), ('resource', '资源清单'), ('supply_demand', '供需清单'), ('project', '项目清单')], max_length=14, verbose_name='类别')),
                ('period_from', models.DateField(verbose_name='起')),
                ('period_to', models.DateField(verbose_name='止')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='版本')),
                ('lead_signed_on', models.DateField(blank=True, null=True, verbose_name='牵头签署日期')),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='签订日期')),
                ('synthetic', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_at', models.DateTimeField(verbose_name='创建时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('alliance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='listings', to='alliances.alliance', verbose_name='联合体')),
                ('previous', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next', to='listings.listing', verbose_name='上一版')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.region')),
            ],
            options={
                'verbose_name': '清单',
                'verbose_name_plural': '清单',
                'ordering': ('-period_from', '-id'),
            },
        ),
        migrations.CreateModel(
            name='ItemEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('collected', '已收集'), ('studied', '已研判'), ('open', '待认领'), ('linked', '已对接'), ('claimed', '已认领'), ('in_hand', '办理中'), ('done', '待确认'), ('confirmed', '已确认'), ('closed', '已办结'), ('returned', '已退回'), ('refused', '不予受理')], default='collected', max_length=10, verbose_name='状态')),
                ('kind', models.CharField(choices=[('problem', '问题清单'), ('resource', '资源清单'), ('supply_demand', '供需清单'), ('project', '项目清单')], max_length=14, verbose_name='类别')),
                ('title', models.CharField(max_length=80, verbose_name='事项')),
                ('detail', models.TextField(blank=True, verbose_name='说明')),
                ('category', models.CharField(choices=[('sanitation', '环境卫生'), ('property', '物业管理'), ('traffic', '停车交通'), ('facility', '基础设施'), ('farming', '农牧技术'), ('market', '产销对接'), ('finance', '资金金融'), ('employment', '就业培训'), ('health', '医疗健康'), ('education', '教育助学'), ('care', '帮扶关爱'), ('culture', '文体活动'), ('security', '平安法治'), ('party', '党建共建'), ('other', '其他')], default='other', max_length=12, verbose_name='分类')),
                ('place', models.CharField(blank=True, max_length=80, verbose_name='地点')),
                ('wants', models.CharField(blank=True, max_length=120, verbose_name='需要')),
                ('capacity', models.PositiveSmallIntegerField(default=1, verbose_name='需要几家')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='办理期限')),
                ('for_resident', models.BooleanField(default=False, verbose_name='代居民提出')),
                ('external_id', models.CharField(blank=True, max_length=64, verbose_name='外部编号')),
                ('addendum', models.BooleanField(default=False, verbose_name='增补')),
                ('collected_on', models.DateField(verbose_name='提出日期')),
                ('first_claimed_on', models.DateField(blank=True, null=True, verbose_name='首次认领日期')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='办理完成日期')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='确认日期')),
                ('synthetic', models.BooleanField(default=False, verbose_name='演示数据')),
                ('source', models.CharField(blank=True, max_length=40, verbose_name='出处')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('alliance', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='alliances.alliance', verbose_name='联合体')),
                ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='listings.item', verbose_name='对接的服务事项')),
                ('asked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organization', verbose_name='提出')),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='alliances.decision', verbose_name='会议决议')),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_by_client', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.apiclient')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='listings.item')),
                ('region', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.region')),
                ('listing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='listings.listing', verbose_name='清单')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='item',
            name='listing',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='listings.listing', verbose_name='清单'),
        ),
        migrations.CreateModel(
            name='ListingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('draft', '拟定中'), ('signing', '会签中'), ('signed', '已签订'), ('superseded', '已有新版')], default='draft', max_length=12, verbose_name='状态')),
                ('kind', models.CharField(choices=[('problem', '问题清单'), ('resource', '资源清单'), ('supply_demand', '供需清单'), ('project', '项目清单')], max_length=14, verbose_name='类别')),
                ('period_from', models.DateField(verbose_name='起')),
                ('period_to', models.DateField(verbose_name='止')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='版本')),
                ('lead_signed_on', models.DateField(blank=True, null=True, verbose_name='牵头签署日期')),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='签订日期')),
                ('synthetic', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_at', models.DateTimeField(verbose_name='创建时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('alliance', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='alliances.alliance', verbose_name='联合体')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='listings.listing')),
                ('previous', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='listings.listing', verbose_name='上一版')),
                ('region', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.region')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='进展')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='listings.claim')),
            ],
            options={
                'verbose_name': '进展',
                'verbose_name_plural': '进展',
                'ordering': ('at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signed_on', models.DateField(verbose_name='签署日期')),
                ('silent', models.BooleanField(default=False, verbose_name='逾期视为同意')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='listings.listing')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='members.organization')),
            ],
            options={
                'verbose_name': '签署',
                'verbose_name_plural': '签署',
                'ordering': ('signed_on', 'id'),
            },
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['organization', 'state'], name='listings_cl_organiz_c472fe_idx'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('state', 'offered')), fields=['offered_until'], name='offer_term'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('offered', 'claimed', 'in_hand', 'finished'))), fields=('item', 'slot'), name='one_claim_a_place'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('offered', 'claimed', 'in_hand', 'finished')), ('state', 'waiting'), _connector='OR'), fields=('item', 'organization'), name='one_claim_an_organization'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('offered', 'claimed', 'in_hand', 'finished')), ('role', 'lead')), fields=('item',), name='one_lead_an_item'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('offered', 'claimed', 'in_hand', 'finished')), _negated=True), models.Q(('slot__isnull', False), models.Q(('role', ''), _negated=True)), _connector='OR'), name='holder_has_a_place'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'offered'), _negated=True), ('offered_until__isnull', False), _connector='OR'), name='offer_has_its_term'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "listings_claimevent" ("claimed_at", "finished_at", "id", "item_id", "offered_until", "organization_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promised_on", "role", "slot", "state", "support", "updated_at") VALUES (NEW."claimed_at", NEW."finished_at", NEW."id", NEW."item_id", NEW."offered_until", NEW."organization_id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."promised_on", NEW."role", NEW."slot", NEW."state", NEW."support", NEW."updated_at"); RETURN NULL;', hash='994e2f9e531009a1e4227257e312e00351c32075', operation='UPDATE', pgid='pgtrigger_update_update_56b73', table='listings_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "listings_claimevent" ("claimed_at", "finished_at", "id", "item_id", "offered_until", "organization_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promised_on", "role", "slot", "state", "support", "updated_at") VALUES (OLD."claimed_at", OLD."finished_at", OLD."id", OLD."item_id", OLD."offered_until", OLD."organization_id", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."promised_on", OLD."role", OLD."slot", OLD."state", OLD."support", OLD."updated_at"); RETURN NULL;', hash='b997a3795ef7db4b65b6372148131479bcee385b', operation='DELETE', pgid='pgtrigger_delete_delete_e593e', table='listings_claim', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=models.Index(fields=['region', 'signed_on'], name='listings_li_region__bcbb75_idx'),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=models.Index(fields=['alliance', 'kind', 'period_from'], name='listings_li_allianc_96f381_idx'),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=models.Index(fields=['signed_on'], name='listings_li_signed__f344a7_idx'),
        ),
        migrations.AddConstraint(
            model_name='listing',
            constraint=models.CheckConstraint(condition=models.Q(('period_to__gte', models.F('period_from'))), name='listing_period_runs_forward'),
        ),
        migrations.AddConstraint(
            model_name='listing',
            constraint=models.UniqueConstraint(fields=('alliance', 'kind', 'period_from', 'version'), name='one_listing_a_period'),
        ),
        migrations.AddConstraint(
            model_name='listing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('signed', 'superseded')), _negated=True), ('signed_on__isnull', False), _connector='OR'), name='signed_listing_has_its_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='listing',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "listings_listingevent" ("alliance_id", "created_at", "id", "kind", "lead_signed_on", "period_from", "period_to", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "region_id", "signed_on", "state", "synthetic", "updated_at", "version") VALUES (NEW."alliance_id", NEW."created_at", NEW."id", NEW."kind", NEW."lead_signed_on", NEW."period_from", NEW."period_to", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."previous_id", NEW."region_id", NEW."signed_on", NEW."state", NEW."synthetic", NEW."updated_at", NEW."version"); RETURN NULL;', hash='6005a5fcc7d9461fb9204c53bb9fa879d0c38831', operation='UPDATE', pgid='pgtrigger_update_update_2a8a8', table='listings_listing', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='listing',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "listings_listingevent" ("alliance_id", "created_at", "id", "kind", "lead_signed_on", "period_from", "period_to", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "region_id", "signed_on", "state", "synthetic", "updated_at", "version") VALUES (OLD."alliance_id", OLD."created_at", OLD."id", OLD."kind", OLD."lead_signed_on", OLD."period_from", OLD."period_to", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."previous_id", OLD."region_id", OLD."signed_on", OLD."state", OLD."synthetic", OLD."updated_at", OLD."version"); RETURN NULL;', hash='65be1ca6ef179f32bebad849f682002e5440f52a', operation='DELETE', pgid='pgtrigger_delete_delete_bca1a', table='listings_listing', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['-collected_on', '-id'], name='listings_it_collect_459435_idx'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['region', 'collected_on'], name='listings_it_region__d141e5_idx'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['region', 'confirmed_on'], name='listings_it_region__fe7559_idx'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['alliance', 'collected_on'], name='listings_it_allianc_7f607f_idx'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['alliance', 'state'], name='listings_it_allianc_bc4dfa_idx'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(condition=models.Q(('state__in', ('open', 'claimed', 'in_hand'))), fields=['due_on'], name='item_due'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['first_claimed_on'], name='listings_it_first_c_1edd46_idx'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['updated_at', 'id'], name='listings_it_updated_9ff550_idx'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=django.contrib.postgres.indexes.GinIndex(members.bigrams.Bigrams('title'), name='item_title_pairs'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__gte', 1)), name='item_wants_somebody'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by', None), models.Q(('kind', 'problem'), models.Q(('answered_by', models.F('id')), _negated=True)), _connector='OR'), name='only_problems_are_answered'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('confirmed', 'closed')), _negated=True), ('confirmed_on__isnull', False), _connector='OR'), name='confirmed_item_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(condition=models.Q(('entered_by_client__isnull', False), models.Q(('external_id', ''), _negated=True)), fields=('entered_by_client', 'external_id'), name='one_item_an_external_id'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='item',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "listings_itemevent" ("addendum", "alliance_id", "answered_by_id", "asked_by_id", "capacity", "category", "collected_on", "confirmed_on", "decision_id", "detail", "done_on", "due_on", "entered_by_client_id", "entered_by_id", "external_id", "first_claimed_on", "for_resident", "id", "kind", "listing_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "region_id", "source", "state", "synthetic", "title", "updated_at", "wants") VALUES (NEW."addendum", NEW."alliance_id", NEW."answered_by_id", NEW."asked_by_id", NEW."capacity", NEW."category", NEW."collected_on", NEW."confirmed_on", NEW."decision_id", NEW."detail", NEW."done_on", NEW."due_on", NEW."entered_by_client_id", NEW."entered_by_id", NEW."external_id", NEW."first_claimed_on", NEW."for_resident", NEW."id", NEW."kind", NEW."listing_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."region_id", NEW."source", NEW."state", NEW."synthetic", NEW."title", NEW."updated_at", NEW."wants"); RETURN NULL;', hash='e258110a895e332fa790339f2cb1671c0ce26fe8', operation='UPDATE', pgid='pgtrigger_update_update_7a7e4', table='listings_item', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='item',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "listings_itemevent" ("addendum", "alliance_id", "answered_by_id", "asked_by_id", "capacity", "category", "collected_on", "confirmed_on", "decision_id", "detail", "done_on", "due_on", "entered_by_client_id", "entered_by_id", "external_id", "first_claimed_on", "for_resident", "id", "kind", "listing_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "region_id", "source", "state", "synthetic", "title", "updated_at", "wants") VALUES (OLD."addendum", OLD."alliance_id", OLD."answered_by_id", OLD."asked_by_id", OLD."capacity", OLD."category", OLD."collected_on", OLD."confirmed_on", OLD."decision_id", OLD."detail", OLD."done_on", OLD."due_on", OLD."entered_by_client_id", OLD."entered_by_id", OLD."external_id", OLD."first_claimed_on", OLD."for_resident", OLD."id", OLD."kind", OLD."listing_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."region_id", OLD."source", OLD."state", OLD."synthetic", OLD."title", OLD."updated_at", OLD."wants"); RETURN NULL;', hash='77cdddc60ee27f54494167352cf1cd9008aa663b', operation='DELETE', pgid='pgtrigger_delete_delete_94ba3', table='listings_item', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('listing', 'organization'), name='one_signature_a_member'),
        ),
        ]),
    ]
