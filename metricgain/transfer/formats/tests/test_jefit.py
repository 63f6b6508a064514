"""Jefit: tables below each other."""

from datetime import UTC, datetime

from metricgain.transfer.tests.files_of_apps import left, read_text, shape

FILE = """
### SETTING ###########################
"_id","mass","length"
"1"," lbs"," in"
#######################################
### WORKOUT SESSIONS ##################
"_id","mydate","starttime","total_time"
"1700000000","2023-11-14","1700000000","3600"
#######################################
### EXERCISE LOGS #####################
"USERID","TIMESTAMP","logs","_id","record","mydate","eid","ename","belongsession"
"7","1700009999","135x8,135x7.5,18.00003x0","1","135","2023-11-14","1","Barbell Bench Press","1700000000"
"7","1700009999","225x5","2","225","2023-11-12","2","Deadlift","0"
"7","1700009999","","3","0","2023-11-12","2","Deadlift","0"
#######################################
"""


def test_a_file(tmp_path):
    logbook = read_text(tmp_path, FILE)
    assert logbook.app == "Jefit"
    assert [(session.starts, session.has_time) for session in logbook.sessions] == [
        (datetime(2023, 11, 12), False),
        (datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC), True),
    ]
    assert shape(logbook) == [
        ("Deadlift", "225", "lb", 5, None),
        ("Barbell Bench Press", "135", "lb", 8, None),
        ("Barbell Bench Press", "135", "lb", 7, None),
    ]
    assert left(logbook) == {"no reps": 2}
