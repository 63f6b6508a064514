from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm

from metricgain.names import NameField
from metricgain.users.leaving.deletion import delete_account, what_goes
from metricgain.users.models import User
from metricgain.users.spelling import reachable


class ReachableForm(forms.ModelForm):
    """Refuses an address that no mail reaches, but lets one stand that an older account has."""

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        return reachable(email) if "email" in self.changed_data else email


class UserForm(ReachableForm, UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = User
        field_classes = {"full_name": NameField}


class UserCreationForm(ReachableForm, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email"]


@admin.register(User)
class UserAdmin(BaseUserAdmin):
    form = UserForm
    add_form = UserCreationForm
    list_display = ["email", "full_name", "is_active", "is_staff", "created_at", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser"]
    search_fields = ["email", "full_name"]
    ordering = ["-created_at"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        ("Person", {"fields": ["full_name", "timezone", "preferences"]}),
        ("Rights", {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
    ]
    add_fieldsets = [(None, {"classes": ["wide"], "fields": ["email", "usable_password", "password1", "password2"]})]
    date_hierarchy = "created_at"
    actions = ["deactivate", "activate"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "is_active" in form.changed_data and not obj.is_active:
            obj.deactivate()  # ends the sessions too

    def get_deleted_objects(self, objs, request):
        """Shows what goes, as its lifter sees it, and refuses where no owner would be left."""
        chosen = User.objects.filter(id__in=[one.pk for one in objs]).order_by("email")
        if not User.objects.owners().exclude(id__in=chosen).exists():
            kept = [f"{user} is the only owner." for user in chosen.filter(is_superuser=True)]
            if kept:
                return [], {}, set(), [*kept, "Make another account a superuser with staff status first."]
        shown = [part for user in chosen for part in (f"{user}, for good", what_goes(user)) if part]
        return shown, {User._meta.verbose_name_plural: len(chosen)}, set(), []

    def delete_model(self, request, obj):
        delete_account(obj)

    def delete_queryset(self, request, queryset):
        for user in queryset:
            delete_account(user)

    @admin.action(description="Deactivate: signed out everywhere, data kept", permissions=["change"])
    def deactivate(self, request, queryset):
        chosen = queryset.filter(is_active=True).exclude(id=request.user.id)
        for user in chosen:
            user.deactivate()
        self.message_user(request, f"{len(chosen)} deactivated.", messages.SUCCESS)
        if queryset.filter(id=request.user.id).exists():
            self.message_user(request, "Your own account stays active.", messages.WARNING)

    @admin.action(description="Activate: can sign in again", permissions=["change"])
    def activate(self, request, queryset):
        changed = queryset.filter(is_active=False).update(is_active=True)
        self.message_user(request, f"{changed} activated.", messages.SUCCESS)
