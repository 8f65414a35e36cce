import django.db.models.deletion
import members.together
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('listings', '0001_initial'),
        ('members', '0002_one_duty'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='item',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='item',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='item',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='次序'),
        ),
        migrations.AddField(
            model_name='itemevent',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='次序'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='item',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "listings_itemevent" ("addendum", "alliance_id", "answered_by_id", "asked_by_id", "capacity", "category", "collected_on", "confirmed_on", "decision_id", "detail", "done_on", "due_on", "entered_by_client_id", "entered_by_id", "external_id", "first_claimed_on", "for_resident", "id", "kind", "listing_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "position", "region_id", "source", "state", "synthetic", "title", "updated_at", "wants") VALUES (NEW."addendum", NEW."alliance_id", NEW."answered_by_id", NEW."asked_by_id", NEW."capacity", NEW."category", NEW."collected_on", NEW."confirmed_on", NEW."decision_id", NEW."detail", NEW."done_on", NEW."due_on", NEW."entered_by_client_id", NEW."entered_by_id", NEW."external_id", NEW."first_claimed_on", NEW."for_resident", NEW."id", NEW."kind", NEW."listing_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."position", NEW."region_id", NEW."source", NEW."state", NEW."synthetic", NEW."title", NEW."updated_at", NEW."wants"); RETURN NULL;', hash='9865354b772c42ac90f0d5776d9e3c87a53c9827', operation='UPDATE', pgid='pgtrigger_update_update_7a7e4', table='listings_item', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='item',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "listings_itemevent" ("addendum", "alliance_id", "answered_by_id", "asked_by_id", "capacity", "category", "collected_on", "confirmed_on", "decision_id", "detail", "done_on", "due_on", "entered_by_client_id", "entered_by_id", "external_id", "first_claimed_on", "for_resident", "id", "kind", "listing_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "position", "region_id", "source", "state", "synthetic", "title", "updated_at", "wants") VALUES (OLD."addendum", OLD."alliance_id", OLD."answered_by_id", OLD."asked_by_id", OLD."capacity", OLD."category", OLD."collected_on", OLD."confirmed_on", OLD."decision_id", OLD."detail", OLD."done_on", OLD."due_on", OLD."entered_by_client_id", OLD."entered_by_id", OLD."external_id", OLD."first_claimed_on", OLD."for_resident", OLD."id", OLD."kind", OLD."listing_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."position", OLD."region_id", OLD."source", OLD."state", OLD."synthetic", OLD."title", OLD."updated_at", OLD."wants"); RETURN NULL;', hash='35174989e2e3ea1dc83b13810bd80419fa2d0eb8', operation='DELETE', pgid='pgtrigger_delete_delete_94ba3', table='listings_item', when='AFTER')),
        ),
        members.together.Together(
            operations=[migrations.CreateModel(
                name='Excerpt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('collected', '已收集'), ('studied', '已研判'), ('open', '待认领'), ('linked', '已对接'), ('claimed', '已认领'), ('in_hand', '办理中'), ('done', '待确认'), ('confirmed', '已确认'), ('closed', '已办结'), ('returned', '已退回'), ('refused', '不予受理')], max_length=10, verbose_name='状态')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='次序')),
                    ('words', models.JSONField(verbose_name='内容')),
                ],
                options={
                    'verbose_name': '清单留底',
                    'verbose_name_plural': '清单留底',
                    'ordering': ('position', 'item_id'),
                },
            ), migrations.CreateModel(
                name='SavedView',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=20, verbose_name='名称')),
                    ('look', models.CharField(choices=[('list', '列表'), ('board', '看板'), ('calendar', '月历')], default='list', max_length=8, verbose_name='版式')),
                    ('query', models.CharField(blank=True, max_length=500, verbose_name='筛选条件')),
                    ('saved_at', models.DateTimeField(verbose_name='保存时间')),
                ],
                options={
                    'verbose_name': '保存的视图',
                    'verbose_name_plural': '保存的视图',
                    'ordering': ('id',),
                },
            ), migrations.AddField(
                model_name='excerpt',
                name='into',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='listings.listing', verbose_name='转入'),
            ), migrations.AddField(
                model_name='excerpt',
                name='item',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='excerpts', to='listings.item', verbose_name='事项'),
            ), migrations.AddField(
                model_name='excerpt',
                name='listing',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='excerpts', to='listings.listing', verbose_name='清单'),
            ), migrations.AddField(
                model_name='savedview',
                name='organization',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organization', verbose_name='共享给'),
            ), migrations.AddField(
                model_name='savedview',
                name='user',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='saved_views', to=settings.AUTH_USER_MODEL),
            ), migrations.AddConstraint(
                model_name='excerpt',
                constraint=models.UniqueConstraint(fields=('listing', 'item'), name='one_excerpt_of_an_item'),
            ), migrations.AddConstraint(
                model_name='savedview',
                constraint=models.UniqueConstraint(fields=('user', 'name'), name='one_saved_view_a_name'),
            )],
        ),
    ]
