package org.mcpagentic.custommcp.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.agent.tool.ToolFailure;

class DateTimeToolTest {

    private final DateTimeTool tool = new DateTimeTool(ToolCaller.CLOCK);

    private String ask(String arguments) {
        return ToolCaller.call(tool, arguments.replace('\'', '"')).toString().replace('"', '\'');
    }

    @Test
    void tellsThePresentInAZone() {
        assertThat(ask("{'operation': 'now', 'zone': 'Asia/Tokyo'}"))
                .isEqualTo(
                        "{'date':'2026-11-22','weekday':'Sunday','time':'19:00:00','zone':'Asia/Tokyo','utc_offset':'+09:00',"
                                + "'date_time':'2026-11-22T19:00:00+09:00','utc':'2026-11-22T10:00:00Z'}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{'operation':'convert','date_time':'2026-12-24 18:00','zone':'europe/berlin','to_zone':'Asia/Tokyo'} | 'date_time':'2026-12-25T02:00:00+09:00'",
                "{'operation':'convert','date_time':'18:00','zone':'Europe/Berlin','to_zone':'UTC'} | 'date_time':'2026-11-22T17:00:00Z'",
                "{'operation':'convert','date_time':'2026-12-24T18:00-05:00','to_zone':'UTC'} | 'date_time':'2026-12-24T23:00:00Z'",
                "{'operation':'convert','date_time':'2027-03-28T02:30','zone':'Europe/Berlin','to_zone':'UTC'} | skipped in Europe/Berlin",
                "{'operation':'convert','date_time':'2026-10-25T02:30','zone':'Europe/Berlin','to_zone':'UTC'} | 'utc':'2026-10-25T00:30:00Z'",
                "{'operation':'convert','date_time':'2026-10-25T02:30','zone':'Europe/Berlin','to_zone':'UTC'} | happens twice",
                "{'operation':'difference','to':'2027-03-01'} | 'total':{'weeks':14.142857,'days':99,",
                "{'operation':'difference','to':'2027-03-01'} | 'calendar':{'years':0,'months':3,'days':7}",
                "{'operation':'difference','from':'2024-02-28','to':'2024-03-01'} | 'days':2,'hours':48,'minutes':2880,'seconds':172800}",
                "{'operation':'difference','from':'2027-03-01','to':'today'} | 'days':-99,",
                "{'operation':'difference','from':'today','to':'--12-25'} | 'days':33,",
                "{'operation':'difference','from':'today','to':'--11-22'} | 'days':0,",
                "{'operation':'difference','from':'today','to':'--02-29'} | 'to':'2028-02-29'",
                "{'operation':'difference','from':'now','to':'2026-11-22T13:30Z'} | 'hours':3.5,",
                "{'operation':'difference','from':'2027-03-28','to':'2027-03-28T12:00','zone':'Europe/Berlin'} | 'hours':11,",
                "{'operation':'difference','from':'0001-01-01','to':'9999-12-31'} | 'calendar':{'years':9998,'months':11,'days':30}",
                "{'operation':'add','date_time':'2026-11-22','amount':90,'unit':'days'} | 'result':{'date':'2027-02-20','weekday':'Saturday'}",
                "{'operation':'add','date_time':'2027-01-31','amount':1,'unit':'months'} | 'date':'2027-02-28'",
                "{'operation':'add','date_time':'today','amount':-2,'unit':'weeks'} | 'date':'2026-11-08'",
                "{'operation':'add','date_time':'now','amount':90,'unit':'minutes'} | 'time':'11:30:00'",
                "{'operation':'add','date_time':'2027-03-27T12:00','amount':24,'unit':'hours','zone':'Europe/Berlin'} | 'time':'13:00:00'",
                "{'operation':'add','date_time':'2027-03-27T12:00','amount':1,'unit':'days','zone':'Europe/Berlin'} | 'time':'12:00:00'",
                "{'operation':'info','date_time':'2027-01-01'} | 'weekday':'Friday','month':'January','quarter':1,'day_of_year':1,'iso_week':'2026-W53','days_in_month':31,'leap_year':false,'days_from_today':40}",
                "{'operation':'info','date_time':'friday'} | 'date':'2026-11-27'",
                "{'operation':'info','date_time':'Sunday'} | 'date':'2026-11-29'",
                "{'operation':'info','date_time':'today','zone':'Pacific/Kiritimati'} | 'date':'2026-11-23'",
            })
    void answers(String arguments, String expected) {
        assertThat(ask(arguments)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{} | \"operation\" is missing",
                "{'operation':'sleep'} | there are now, convert, difference, add and info",
                "{'operation':'now','zone':'Asia/Tokio'} | did you mean Asia/Tokyo?",
                "{'operation':'now','zone':'Tokyo'} | did you mean Asia/Tokyo?",
                "{'operation':'now','zone':'Middle Earth'} | such as Europe/Berlin",
                "{'operation':'now','zone':'+25:00'} | there is no time zone",
                "{'operation':'now','to':'today'} | takes no \"to\"; it takes zone",
                "{'operation':'info','date_time':'2027-02-30'} | Invalid date 'FEBRUARY 30'",
                "{'operation':'info','date_time':'a b c 18:00 18:00 18:00'} | is not a date or time",
                "{'operation':'info','date_time':'tomorrow 25:00'} | is not a date or time",
                "{'operation':'info','date_time':'soon'} | \"soon\" is not a date",
                "{'operation':'info','date_time':'-999999999-01-01'} | years are from 1 to 9999",
                "{'operation':'info'} | \"date_time\" is missing",
                "{'operation':'difference','from':'today'} | \"to\" is missing",
                "{'operation':'add','date_time':'today','amount':100000000,'unit':'years'} | years are from 1 to 9999",
                "{'operation':'add','date_time':'today','amount':1.5,'unit':'days'} | whole number",
                "{'operation':'add','date_time':'today','amount':1,'unit':'parsecs'} | there are seconds, minutes",
                "{'operation':'add','date_time':'today','unit':'days'} | \"amount\" is missing",
                "{'operation':'convert','date_time':'0001-01-01T00:00','to_zone':'America/New_York'} | years are from 1 to 9999",
                "{'operation':'info','date_time':'1','year':2027} | it takes operation, date_time",
            })
    void tellsTheModelWhatToRepair(String arguments, String expected) {
        assertThatThrownBy(() -> ask(arguments)).isInstanceOf(ToolFailure.class).hasMessageContaining(expected);
    }
}
