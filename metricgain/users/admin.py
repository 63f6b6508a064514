from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db.models import Count

from metricgain.names import NameField
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
        """Refuses to delete a user with logged workouts, because their sets would go too, and the only owner."""
        kept = []
        chosen = User.objects.filter(id__in=[one.pk for one in objs]).order_by("email")
        for user in chosen.annotate(Count("logs")):
            if user.logs__count:
                kept.append(
                    f"{user}: logged workouts: {user.logs__count}. Deactivate the account instead: nobody can sign in "
                    "to it then, and what was logged stays."
                )
            elif user.is_last_owner:
                kept.append(f"{user} is the only owner. Make another account a superuser with staff status first.")
        return ([], {}, set(), kept) if kept else super().get_deleted_objects(objs, request)

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
