"""Who gets which answer: every address of the site, every sort of person, GET and POST.

A new address brings its two lines here; `test_permissions` fails without them. `in` is the way
to the login page, 404 stands for "does not exist" outside one's scope, 403 for "may not" inside
it, 405 for a method the address does not know (which tells nothing about any record).

The word after a name tells rows of one address apart; what each row asks for stands in
`world._asks`. `rec` recorder, `sec` secretary, `insp` inspector, `adm` administrator (2: of
another branch, of another bureau), `aud` auditor, `none` no appointment, `end` an appointment
that ended yesterday, `root` superuser.
"""

from tests.security.world import PEOPLE

TABLE = """
row                        asks anon inact rec  rec2 sec  sec2 insp adm  adm2 aud  none end  root
login                      GET  200  200  302  302  302  302  302  302  302  302  302  302  302
login                      POST 200  200  302  302  302  302  302  302  302  302  302  302  302
logout                     GET  in   in   405  405  405  405  405  405  405  405  405  405  405
logout                     POST in   in   302  302  302  302  302  302  302  302  302  302  302
audit_list                 GET  in   in   403  403  403  403  403  403  403  200  403  403  200
audit_list                 POST in   in   405  405  405  405  405  405  405  405  405  405  405
audit_detail               GET  in   in   403  403  403  403  403  403  403  200  403  403  200
audit_detail               POST in   in   405  405  405  405  405  405  405  405  405  405  405
audit_export               GET  in   in   403  403  403  403  403  403  403  200  403  403  200
audit_export               POST in   in   405  405  405  405  405  405  405  405  405  405  405
organization_list          GET  in   in   200  200  200  200  200  200  200  403  403  403  200
organization_list          POST in   in   405  405  405  405  405  405  405  405  405  405  405
organization_detail        GET  in   in   200  404  200  404  200  200  404  404  404  404  200
organization_detail        POST in   in   405  405  405  405  405  405  405  405  405  405  405
sensitive_settings         GET  in   in   404  404  404  404  403  200  404  404  404  404  200
sensitive_settings         POST in   in   404  404  404  404  403  302  404  404  404  404  302
sensitive_export           GET  in   in   403  404  403  404  403  200  404  404  404  404  200
sensitive_export           POST in   in   403  404  403  404  403  200  404  404  404  404  200
member_sensitive           GET  in   in   403  404  403  404  403  200  404  404  404  404  200
member_sensitive           POST in   in   403  404  403  404  403  302  404  404  404  404  302
sensitive_reveal           GET  in   in   405  405  405  405  405  405  405  405  405  405  405
sensitive_reveal           POST in   in   403  404  403  404  403  200  404  404  404  404  200
organization_found         GET  in   in   403  404  403  404  403  200  404  404  404  404  200
organization_found         POST in   in   403  404  403  404  403  302  404  404  404  404  302
organization_rename        GET  in   in   403  404  403  404  403  200  404  404  404  404  200
organization_rename        POST in   in   403  404  403  404  403  302  404  404  404  404  302
organization_move          GET  in   in   403  404  403  404  403  200  404  404  404  404  200
organization_move          POST in   in   403  404  403  404  403  302  404  404  404  404  302
organization_split         GET  in   in   403  404  403  404  403  200  404  404  404  404  200
organization_split         POST in   in   403  404  403  404  403  302  404  404  404  404  302
organization_merge         GET  in   in   403  404  403  404  403  200  404  404  404  404  200
organization_merge         POST in   in   403  404  403  404  403  302  404  404  404  404  302
organization_dissolve      GET  in   in   403  404  403  404  403  200  404  404  404  404  200
organization_dissolve      POST in   in   403  404  403  404  403  302  404  404  404  404  302
organization_term_begin    GET  in   in   403  404  403  404  403  200  404  404  404  404  200
organization_term_begin    POST in   in   403  404  403  404  403  302  404  404  404  404  302
organization_term_extend   GET  in   in   403  404  403  404  403  200  404  404  404  404  200
organization_term_extend   POST in   in   403  404  403  404  403  302  404  404  404  404  302
organization_term_end      GET  in   in   403  404  403  404  403  200  404  404  404  404  200
organization_term_end      POST in   in   403  404  403  404  403  302  404  404  404  404  302
organization_undo          GET  in   in   403  404  403  404  403  200  404  404  404  404  200
organization_undo          POST in   in   403  404  403  404  403  302  404  404  404  404  302
upkeep                     GET  in   in   200  200  200  200  200  200  200  403  403  403  200
upkeep                     POST in   in   405  405  405  405  405  405  405  405  405  405  405
member_list                GET  in   in   200  200  200  200  200  200  200  403  403  403  200
member_list                POST in   in   405  405  405  405  405  405  405  405  405  405  405
user_list                  GET  in   in   403  403  403  403  403  200  200  403  403  403  200
user_list                  POST in   in   405  405  405  405  405  405  405  405  405  405  405
user_create                GET  in   in   403  403  403  403  403  200  200  403  403  403  200
user_create                POST in   in   403  403  403  403  403  200  200  403  403  403  200
user_detail                GET  in   in   403  403  403  403  403  200  404  403  403  403  200
user_detail                POST in   in   405  405  405  405  405  405  405  405  405  405  405
user_edit                  GET  in   in   403  403  403  403  403  200  404  403  403  403  200
user_edit                  POST in   in   403  403  403  403  403  302  404  403  403  403  302
user_link                  GET  in   in   405  405  405  405  405  405  405  405  405  405  405
user_link                  POST in   in   403  403  403  403  403  200  404  403  403  403  200
user_appoint               GET  in   in   403  403  403  403  403  200  404  403  403  403  200
user_appoint               POST in   in   403  403  403  403  403  302  404  403  403  403  302
user_deactivate            GET  in   in   405  405  405  405  405  405  405  405  405  405  405
user_deactivate            POST in   in   403  403  403  403  403  302  404  403  403  403  302
user_activate              GET  in   in   405  405  405  405  405  405  405  405  405  405  405
user_activate              POST in   in   403  403  403  403  403  302  404  403  403  403  302
appointment_end            GET  in   in   403  403  403  403  403  200  404  403  403  403  200
appointment_end            POST in   in   403  403  403  403  403  302  404  403  403  403  302
account                    GET  in   in   200  200  200  200  200  200  200  200  200  200  200
account                    POST in   in   405  405  405  405  405  405  405  405  405  405  405
device_end                 GET  in   in   405  405  405  405  405  405  405  405  405  405  405
device_end                 POST in   in   302  302  302  302  302  302  302  302  302  302  302
device_end_others          GET  in   in   405  405  405  405  405  405  405  405  405  405  405
device_end_others          POST in   in   302  302  302  302  302  302  302  302  302  302  302
password_change            GET  in   in   200  200  200  200  200  200  200  200  200  200  200
password_change            POST in   in   302  302  302  302  302  302  302  302  302  302  302
password_set               GET  410  410  410  410  410  410  410  410  410  410  410  410  410
password_set               POST 410  410  410  410  410  410  410  410  410  410  410  410  410
password_set linked        GET  302  302  302  302  302  302  302  302  302  302  302  302  302
password_set linked        POST 410  410  410  410  410  410  410  410  410  410  410  410  410
member_admit               GET  in   in   403  403  403  403  403  200  200  403  403  403  200
member_admit               POST in   in   403  403  403  403  403  302  200  403  403  403  302
member_take_in             GET  in   in   403  403  403  403  403  200  200  403  403  403  200
member_take_in             POST in   in   403  403  403  403  403  302  200  403  403  403  302
member_convert             GET  in   in   403  404  403  404  403  200  404  404  404  404  200
member_convert             POST in   in   403  404  403  404  403  302  404  404  404  404  302
member_extend              GET  in   in   403  404  403  404  403  200  404  404  404  404  200
member_extend              POST in   in   403  404  403  404  403  302  404  404  404  404  302
member_transfer            GET  in   in   403  404  403  404  403  200  404  404  404  404  200
member_transfer            POST in   in   403  404  403  404  403  302  404  404  404  404  302
member_transfer_in         GET  in   in   403  404  403  404  403  200  404  404  404  404  200
member_transfer_in         POST in   in   403  404  403  404  403  302  404  404  404  404  302
member_transfer_out        GET  in   in   403  404  403  404  403  200  404  404  404  404  200
member_transfer_out        POST in   in   403  404  403  404  403  302  404  404  404  404  302
member_begin_post          GET  in   in   403  404  403  404  403  200  404  404  404  404  200
member_begin_post          POST in   in   403  404  403  404  403  302  404  404  404  404  302
member_end_post            GET  in   in   403  404  403  404  403  200  404  404  404  404  200
member_end_post            POST in   in   403  404  403  404  403  302  404  404  404  404  302
member_not_voting          GET  in   in   403  404  403  404  403  200  404  404  404  404  200
member_not_voting          POST in   in   403  404  403  404  403  302  404  404  404  404  302
member_leave               GET  in   in   403  404  403  404  403  200  404  404  404  404  200
member_leave               POST in   in   403  404  403  404  403  302  404  404  404  404  302
member_decease             GET  in   in   403  404  403  404  403  200  404  404  404  404  200
member_decease             POST in   in   403  404  403  404  403  302  404  404  404  404  302
member_edit                GET  in   in   403  404  403  404  403  200  404  404  404  404  200
member_edit                POST in   in   403  404  403  404  403  302  404  404  404  404  302
member_undo_entry          GET  in   in   403  404  403  404  403  200  404  404  404  404  200
member_undo_entry          POST in   in   403  404  403  404  403  302  404  404  404  404  302
member_not_expected        GET  in   in   403  404  200  404  403  200  404  404  404  404  200
member_not_expected        POST in   in   403  404  302  404  403  302  404  404  404  404  302
member_end_exception       GET  in   in   403  404  200  404  403  200  404  404  404  404  200
member_end_exception       POST in   in   403  404  302  404  403  302  404  404  404  404  302
organization_election      GET  in   in   403  404  403  404  403  200  404  404  404  404  200
organization_election      POST in   in   403  404  403  404  403  302  404  404  404  404  302
member_export              GET  in   in   200  200  200  200  200  200  200  403  403  403  200
member_export              POST in   in   405  405  405  405  405  405  405  405  405  405  405
home                       GET  in   in   200  200  200  200  200  200  200  200  200  200  200
home                       POST in   in   405  405  405  405  405  405  405  405  405  405  405
activity_list              GET  in   in   200  200  200  200  200  200  200  403  403  403  200
activity_list              POST in   in   405  405  405  405  405  405  405  405  405  405  405
activity_calendar          GET  in   in   200  200  200  200  200  200  200  403  403  403  200
activity_calendar          POST in   in   405  405  405  405  405  405  405  405  405  405  405
activity_export            GET  in   in   200  200  200  200  200  200  200  403  403  403  200
activity_export            POST in   in   405  405  405  405  405  405  405  405  405  405  405
activity_create            GET  in   in   200  200  200  200  403  200  200  403  403  403  200
activity_create            POST in   in   302  200  302  200  403  302  200  403  403  403  302
activity_create submitted  GET  in   in   200  200  200  200  403  200  200  403  403  403  200
activity_create submitted  POST in   in   403  403  302  200  403  302  200  403  403  403  302
activity_expected          GET  in   in   200  200  200  200  403  200  200  403  403  403  200
activity_expected          POST in   in   405  405  405  405  405  405  405  405  405  405  405
activity_expected edited   GET  in   in   200  404  200  404  403  200  404  403  403  403  200
activity_expected edited   POST in   in   405  405  405  405  405  405  405  405  405  405  405
activity_create copied     GET  in   in   200  404  200  404  403  200  404  403  403  403  200
activity_create copied     POST in   in   302  200  302  200  403  302  200  403  403  403  302
activity_create kept       GET  in   in   200  404  200  404  403  200  404  403  403  403  200
activity_create kept       POST in   in   200  200  200  200  403  200  200  403  403  403  200
typed_draft_keep           GET  in   in   405  405  405  405  405  405  405  405  405  405  405
typed_draft_keep           POST in   in   204  204  204  204  403  204  204  403  403  403  204
typed_draft_keep edited    GET  in   in   405  405  405  405  405  405  405  405  405  405  405
typed_draft_keep edited    POST in   in   204  404  204  404  403  204  404  404  404  404  204
typed_draft_keep accepted  GET  in   in   405  405  405  405  405  405  405  405  405  405  405
typed_draft_keep accepted  POST in   in   403  404  204  404  403  204  404  404  404  404  204
typed_draft_discard        GET  in   in   405  405  405  405  405  405  405  405  405  405  405
typed_draft_discard        POST in   in   404  404  302  404  404  404  404  404  404  404  404
activity_create typed      GET  in   in   404  404  200  404  403  404  404  403  403  403  404
activity_create typed      POST in   in   302  200  302  200  403  302  200  403  403  403  302
activity_suggest           GET  in   in   200  200  200  200  403  200  200  403  403  403  200
activity_suggest           POST in   in   405  405  405  405  405  405  405  405  405  405  405
activity_followups         GET  in   in   200  200  200  200  403  200  200  403  403  403  200
activity_followups         POST in   in   405  405  405  405  405  405  405  405  405  405  405
template_list              GET  in   in   200  200  200  200  403  200  200  403  403  403  200
template_list              POST in   in   405  405  405  405  405  405  405  405  405  405  405
template_retire            GET  in   in   405  405  405  405  405  405  405  405  405  405  405
template_retire            POST in   in   302  404  302  404  403  302  404  404  404  404  302
activity_match             GET  in   in   405  405  405  405  405  405  405  405  405  405  405
activity_match             POST in   in   200  200  200  200  403  200  200  403  403  403  200
activity_match edited      GET  in   in   405  405  405  405  405  405  405  405  405  405  405
activity_match edited      POST in   in   200  404  200  404  403  200  404  403  403  403  200
activity_detail            GET  in   in   200  404  200  404  200  200  404  404  404  404  200
activity_detail            POST in   in   405  405  405  405  405  405  405  405  405  405  405
activity_detail joint      GET  in   in   200  200  200  200  200  200  404  404  404  404  200
activity_detail joint      POST in   in   405  405  405  405  405  405  405  405  405  405  405
activity_edit              GET  in   in   200  404  200  404  403  200  404  404  404  404  200
activity_edit              POST in   in   302  404  302  404  403  302  404  404  404  404  302
activity_edit accepted     GET  in   in   403  404  200  404  403  200  404  404  404  404  200
activity_edit accepted     POST in   in   403  404  302  404  403  302  404  404  404  404  302
activity_edit joint        GET  in   in   403  403  403  200  403  200  404  404  404  404  200
activity_edit joint        POST in   in   403  403  403  302  403  302  404  404  404  404  302
activity_edit void         GET  in   in   403  404  403  404  403  403  404  404  404  404  403
activity_edit void         POST in   in   403  404  403  404  403  403  404  404  404  404  403
activity_check             GET  in   in   200  404  200  404  403  200  404  404  404  404  200
activity_check             POST in   in   405  405  405  405  405  405  405  405  405  405  405
activity_review            GET  in   in   403  404  403  404  403  200  404  404  404  404  200
activity_review            POST in   in   403  404  403  404  403  302  404  404  404  404  302
activity_history           GET  in   in   200  404  200  404  200  200  404  404  404  404  200
activity_history           POST in   in   405  405  405  405  405  405  405  405  405  405  405
activity_compare           GET  in   in   200  404  200  404  200  200  404  404  404  404  200
activity_compare           POST in   in   405  405  405  405  405  405  405  405  405  405  405
activity_revert            GET  in   in   405  405  405  405  405  405  405  405  405  405  405
activity_revert            POST in   in   302  404  302  404  403  302  404  404  404  404  302
review_list                GET  in   in   403  403  403  403  403  200  200  403  403  403  200
review_list                POST in   in   403  403  403  403  403  302  302  403  403  403  302
activity_submit            GET  in   in   405  405  405  405  405  405  405  405  405  405  405
activity_submit            POST in   in   403  404  302  404  403  302  404  404  404  404  302
activity_return            GET  in   in   405  405  405  405  405  405  405  405  405  405  405
activity_return            POST in   in   403  404  403  404  403  302  404  404  404  404  302
activity_accept            GET  in   in   405  405  405  405  405  405  405  405  405  405  405
activity_accept            POST in   in   403  404  403  404  403  302  404  404  404  404  302
activity_void              GET  in   in   405  405  405  405  405  405  405  405  405  405  405
activity_void              POST in   in   403  404  302  404  403  302  404  404  404  404  302
activity_void joint        GET  in   in   405  405  405  405  405  405  405  405  405  405  405
activity_void joint        POST in   in   403  403  403  302  403  302  404  404  404  404  302
activity_restore           GET  in   in   405  405  405  405  405  405  405  405  405  405  405
activity_restore           POST in   in   403  404  302  404  403  302  404  404  404  404  302
requirement_list           GET  in   in   200  200  200  200  200  200  200  403  403  403  200
requirement_list           POST in   in   405  405  405  405  405  405  405  405  405  405  405
requirement_create         GET  in   in   403  403  403  403  403  200  200  403  403  403  200
requirement_create         POST in   in   403  403  403  403  403  302  200  403  403  403  302
requirement_end            GET  in   in   403  403  403  403  403  200  404  403  403  403  200
requirement_end            POST in   in   403  403  403  403  403  302  404  403  403  403  302
exemption_create           GET  in   in   403  403  403  403  403  200  200  403  403  403  200
exemption_create           POST in   in   403  403  403  403  403  302  200  403  403  403  302
exemption_end              GET  in   in   403  403  403  403  403  200  404  403  403  403  200
exemption_end              POST in   in   403  403  403  403  403  302  404  403  403  403  302
kinds_apart_create         GET  in   in   403  403  403  403  403  200  200  403  403  403  200
kinds_apart_create         POST in   in   403  403  403  403  403  302  200  403  403  403  302
kinds_apart_remove         GET  in   in   405  405  405  405  405  405  405  405  405  405  405
kinds_apart_remove         POST in   in   403  403  403  403  403  302  404  403  403  403  302
holiday_list               GET  in   in   200  200  200  200  200  200  200  403  403  403  200
holiday_list               POST in   in   405  405  405  405  405  405  405  405  405  405  405
holiday_edit               GET  in   in   403  403  403  403  403  200  200  403  403  403  200
holiday_edit               POST in   in   403  403  403  403  403  302  302  403  403  403  302
compliance_list            GET  in   in   200  200  200  200  200  200  200  403  403  403  200
compliance_list            POST in   in   405  405  405  405  405  405  405  405  405  405  405
compliance_detail          GET  in   in   200  404  200  404  200  200  404  404  404  404  200
compliance_detail          POST in   in   405  405  405  405  405  405  405  405  405  405  405
rectification_list         GET  in   in   200  200  200  200  200  200  200  403  403  403  200
rectification_list         POST in   in   405  405  405  405  405  405  405  405  405  405  405
rectification_create       GET  in   in   200  404  200  404  403  200  404  404  404  404  200
rectification_create       POST in   in   302  404  302  404  403  302  404  404  404  404  302
rectification_create joint GET  in   in   200  200  200  200  403  200  404  404  404  404  200
rectification_create joint POST in   in   302  200  302  200  403  302  404  404  404  404  302
rectification_create void  GET  in   in   403  404  403  404  403  403  404  404  404  404  403
rectification_create void  POST in   in   403  404  403  404  403  403  404  404  404  404  403
rectification_detail       GET  in   in   200  404  200  404  200  200  404  404  404  404  200
rectification_detail       POST in   in   405  405  405  405  405  405  405  405  405  405  405
rectification_edit         GET  in   in   200  404  200  404  403  200  404  404  404  404  200
rectification_edit         POST in   in   302  404  302  404  403  302  404  404  404  404  302
rectification_close        GET  in   in   405  405  405  405  405  405  405  405  405  405  405
rectification_close        POST in   in   302  404  302  404  403  302  404  404  404  404  302
rectification_reopen       GET  in   in   405  405  405  405  405  405  405  405  405  405  405
rectification_reopen       POST in   in   302  404  302  404  403  302  404  404  404  404  302
import_list                GET  in   in   403  403  403  403  403  200  200  403  403  403  200
import_list                POST in   in   403  403  403  403  403  302  302  403  403  403  302
import_template            GET  in   in   403  403  403  403  403  200  200  403  403  403  200
import_template            POST in   in   405  405  405  405  405  405  405  405  405  405  405
import_detail              GET  in   in   404  404  404  404  403  200  404  404  404  404  200
import_detail              POST in   in   404  404  404  404  403  302  404  404  404  404  302
import_columns             GET  in   in   405  405  405  405  405  405  405  405  405  405  405
import_columns             POST in   in   404  404  404  404  403  302  404  404  404  404  302
import_commit              GET  in   in   405  405  405  405  405  405  405  405  405  405  405
import_commit              POST in   in   404  404  404  404  403  302  404  404  404  404  302
import_progress            GET  in   in   404  404  404  404  403  200  404  404  404  404  200
import_progress            POST in   in   405  405  405  405  405  405  405  405  405  405  405
import_reopen              GET  in   in   405  405  405  405  405  405  405  405  405  405  405
import_reopen              POST in   in   404  404  404  404  403  302  404  404  404  404  302
import_undo                GET  in   in   405  405  405  405  405  405  405  405  405  405  405
import_undo                POST in   in   404  404  404  404  403  302  404  404  404  404  302
import_abandon             GET  in   in   405  405  405  405  405  405  405  405  405  405  405
import_abandon             POST in   in   404  404  404  404  403  302  404  404  404  404  302
attachment_upload          GET  in   in   405  405  405  405  405  405  405  405  405  405  405
attachment_upload          POST in   in   200  200  200  200  403  200  200  403  403  403  200
attachment_upload edited   GET  in   in   405  405  405  405  405  405  405  405  405  405  405
attachment_upload edited   POST in   in   200  404  200  404  403  200  404  403  403  403  200
attachment_upload accepted GET  in   in   405  405  405  405  405  405  405  405  405  405  405
attachment_upload accepted POST in   in   403  404  200  404  403  200  404  403  403  403  200
attachment_file            GET  in   in   200  404  200  404  200  200  404  404  404  404  200
attachment_file            POST in   in   405  405  405  405  405  405  405  405  405  405  405
attachment_file unsaved    GET  in   in   404  404  200  404  404  404  404  404  404  404  404
attachment_file unsaved    POST in   in   405  405  405  405  405  405  405  405  405  405  405
attachment_thumbnail       GET  in   in   200  404  200  404  200  200  404  404  404  404  200
attachment_thumbnail       POST in   in   405  405  405  405  405  405  405  405  405  405  405
member_detail              GET  in   in   200  404  200  404  200  200  404  404  404  404  200
member_detail              POST in   in   405  405  405  405  405  405  405  405  405  405  405
definitions                GET  in   in   200  200  200  200  200  200  200  403  403  403  200
definitions                POST in   in   405  405  405  405  405  405  405  405  405  405  405
figure_index               GET  in   in   302  302  302  302  302  302  302  403  403  403  302
figure_index               POST in   in   405  405  405  405  405  405  405  405  405  405  405
figures                    GET  in   in   200  404  200  404  200  200  404  404  404  404  200
figures                    POST in   in   405  405  405  405  405  405  405  405  405  405  405
figure_records             GET  in   in   200  404  200  404  200  200  404  404  404  404  200
figure_records             POST in   in   405  405  405  405  405  405  405  405  405  405  405
handover                   GET  in   in   200  404  200  404  200  200  404  404  404  404  200
handover                   POST in   in   405  405  405  405  405  405  405  405  405  405  405
handover_pdf               GET  in   in   200  404  200  404  200  200  404  404  404  404  200
handover_pdf               POST in   in   405  405  405  405  405  405  405  405  405  405  405
report_list                GET  in   in   200  200  200  200  200  200  200  403  403  403  200
report_list                POST in   in   405  405  405  405  405  405  405  405  405  405  405
report_detail              GET  in   in   200  404  200  404  200  200  404  404  404  404  200
report_detail              POST in   in   403  404  302  404  403  302  404  404  404  404  302
report_detail missing      GET  in   in   200  404  200  404  200  200  404  404  404  404  200
report_detail missing      POST in   in   403  404  200  404  403  200  404  404  404  404  200
report_compose             GET  in   in   405  405  405  405  405  405  405  405  405  405  405
report_compose             POST in   in   403  404  302  404  403  302  404  404  404  404  302
report_preview             GET  in   in   405  405  405  405  405  405  405  405  405  405  405
report_preview             POST in   in   403  404  200  404  403  200  404  404  404  404  200
report_plan                GET  in   in   200  404  200  404  200  200  404  404  404  404  200
report_plan                POST in   in   403  404  302  404  403  302  404  404  404  404  302
report_finalize            GET  in   in   403  404  403  404  403  200  404  404  404  404  200
report_finalize            POST in   in   403  404  403  404  403  302  404  404  404  404  302
report_download docx       GET  in   in   200  404  200  404  200  200  404  404  404  404  200
report_download docx       POST in   in   405  405  405  405  405  405  405  405  405  405  405
report_download html       GET  in   in   200  404  200  404  200  200  404  404  404  404  200
report_download html       POST in   in   405  405  405  405  405  405  405  405  405  405  405
report_download pdf        GET  in   in   200  404  200  404  200  200  404  404  404  404  200
report_download pdf        POST in   in   405  405  405  405  405  405  405  405  405  405  405
set_language               GET  302  302  302  302  302  302  302  302  302  302  302  302  302
set_language               POST 302  302  302  302  302  302  302  302  302  302  302  302  302
"""


def expected_answers() -> dict[tuple[str, str], dict[str, str]]:
    """(row, method) → person → answer, as the table has it."""
    return read(TABLE)


def read(table: str) -> dict[tuple[str, str], dict[str, str]]:
    """The same of any such table: an extra has one of its own."""
    answers = {}
    for line in table.strip().splitlines()[1:]:
        *name, method = line.split()[: -len(PEOPLE)]
        words = line.split()[-len(PEOPLE) :]
        answers[" ".join(name), method] = dict(zip(PEOPLE, words, strict=True))
    return answers
