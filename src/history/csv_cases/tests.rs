use super::*;
use crate::text::render_all;
use std::fmt::Write;

const MAPPING: &str = "mapping: test
currency: USD
dates: MM/DD/YYYY
blank: [NA]
only: {status: [Closed, Open]}
skip: [{type: Test}, {amount: over 1000000}]
facts:
  complaint.case_id: {template: \"T-{id}\"}
  complaint.received_at: {column: opened}
  complaint.language: {constant: en, because: One country}
  complaint.jurisdiction: {column: state}
  customer.customer_id: {column: customer}
  customer.leave_threat: {column: leaving, values: {\"Y\": true, \"N\": false, \"?\": unknown}}
  customer.vulnerability_flags: {column: flags, split: \"|\"}
  dispute.reason_code: {column: type, values: {Overcharge: PRICE, Double billing: DUPLICATE, Test: OTHER}}
  dispute.disputed_amount: {column: amount}
  dispute.related_charges:
    items:
      - {kind: {constant: late_fee, because: Its column}, amount: {column: late_fee}}
  finding.liability: {column: liability}
  attributes.branch: {column: branch, empty: none, because: It was founded later}
actual:
  outcome: {column: result, values: {Refunded: uphold, Refused: reject}}
  paid: {column: refunded}
";
const HEADER: &str = "id,opened,state,customer,leaving,flags,type,amount,late_fee,liability,branch,result,refunded,status";

fn open<'a>(mapping: &str, text: &'a str) -> Result<CsvCases<&'a [u8]>, String> {
    let mapping = Mapping::read(&Source::new("mapping.yaml", mapping)).map_err(|found| render_all(&found, false))?;
    CsvCases::open(text.as_bytes(), "cases.csv", &mapping).map_err(|found| render_all(&found, false))
}

fn read(text: &str) -> String {
    let mut cases = match open(MAPPING, text) {
        Ok(cases) => cases,
        Err(found) => return found,
    };
    let mut shown = String::new();
    while let Some(read) = cases.next_with_actual() {
        match read {
            Ok(found) => writeln!(shown, "{}: {}\n{:?}", found.line, found.case.to_json(), found.actual).unwrap(),
            Err(found) => shown.push_str(&render_all(&found, false)),
        }
    }
    write!(shown, "{} left out", cases.rows_skipped()).unwrap();
    shown
}

#[test]
fn rows_become_cases() {
    let text = format!(
        "\u{feff}{HEADER}\r\n\
        1,03/23/2016,US-NY,\"Lee, A.\",Y,health|older_person,Overcharge,64.20,5.00,our_error,North,Refunded,69.20,Closed\r\n\
        2, 3/5/2016 ,US-NY,C2,?,NA,Double billing,0.10,,,,,NA,Open,,\r\n\
        3,03/23/2016,US-NY,C3,N,,Test,1.00,,,,,,Open\r\n\
        4,03/23/2016,US-NY,C4,N,,Overcharge,1.00,,,,,,Draft\r\n"
    );
    insta::assert_snapshot!(read(&text), @r#"
    2: {"attributes":{"branch":"North"},"complaint":{"case_id":"T-1","jurisdiction":"US-NY","language":"en","received_at":"2016-03-23T00:00:00-04:00"},"customer":{"customer_id":"Lee, A.","leave_threat":true,"vulnerability_flags":["health","older_person"]},"dispute":{"disputed_amount":{"amount":"64.20","currency":"USD"},"reason_code":"PRICE","related_charges":[{"amount":{"amount":"5.00","currency":"USD"},"kind":"late_fee"}]},"finding":{"liability":"our_error"}}
    Actual { outcome: Known(uphold), paid: Known(69.20 USD), goodwill: Missing, closed_on: Missing, satisfied: Missing }
    3: {"attributes":{"branch":"none"},"complaint":{"case_id":"T-2","jurisdiction":"US-NY","language":"en","received_at":"2016-03-05T00:00:00-05:00"},"customer":{"customer_id":"C2","leave_threat":"unknown"},"dispute":{"disputed_amount":{"amount":"0.10","currency":"USD"},"reason_code":"DUPLICATE"}}
    Actual { outcome: Missing, paid: Missing, goodwill: Missing, closed_on: Missing, satisfied: Missing }
    2 left out
    "#);
}

#[test]
#[allow(clippy::too_many_lines, reason = "the whole text of the findings stands here")]
fn every_mistake_of_a_row_with_its_column() {
    let text = format!(
        "{HEADER}\n\
        1,2016-03-23,NY,C1,maybe,healthy,Overcharged,\"1,200.00\",-5,ours,,Paid,x,Closed\n\
        2,02/30/2016,US-NY,C2,Y,,Overcharge,12\n\
        3,03/23/2016,US-NY,C3,Y,,Overcharge,1,200.00,,,,,,Open\n\
        ,03/23/2016,US-NY,C4,Y,,Overcharge,1.00,,,,,,Open\n\
        5,03/23/2016,US-NY,unknown,Y,,Overcharge,1.00,,,,,,Open\n"
    );
    insta::assert_snapshot!(read(&text), @r#"
    error[R0703]: column `opened`: `2016-03-23` is not written as `MM/DD/YYYY`
     --> cases.csv:2:3
      |
    2 | 1,2016-03-23,NY,C1,maybe,healthy,Overcharged,"1,200.00",-5,ours,,Paid,x,Closed
      |   ^^^^^^^^^^
      |
     ::: mapping.yaml:9:3
      |
    9 |   complaint.received_at: {column: opened}
      |   --------------------- read for this fact

    error[R0702]: column `leaving`: the mapping does not know the word `maybe`
      --> cases.csv:2:20
       |
     2 | 1,2016-03-23,NY,C1,maybe,healthy,Overcharged,"1,200.00",-5,ours,,Paid,x,Closed
       |                    ^^^^^
       |
      ::: mapping.yaml:13:3
       |
    13 |   customer.leave_threat: {column: leaving, values: {"Y": true, "N": false, "?": unknown}}
       |   --------------------- in the table of this fact
       |
       = help: add it to the table of `values`, or say what every other word means: `otherwise: ...`

    error[R0103]: column `flags`: `customer.vulnerability_flags[1]` expects one of health, life_event, resilience, capability, older_person, servicemember, found `healthy`
     --> cases.csv:2:26
      |
    2 | 1,2016-03-23,NY,C1,maybe,healthy,Overcharged,"1,200.00",-5,ours,,Paid,x,Closed
      |                          ^^^^^^^
      |
      = help: did you mean `health`?

    error[R0702]: column `type`: the mapping does not know the word `Overcharged`
      --> cases.csv:2:34
       |
     2 | 1,2016-03-23,NY,C1,maybe,healthy,Overcharged,"1,200.00",-5,ours,,Paid,x,Closed
       |                                  ^^^^^^^^^^^
       |
      ::: mapping.yaml:15:3
       |
    15 |   dispute.reason_code: {column: type, values: {Overcharge: PRICE, Double billing: DUPLICATE, Test: OTHER}}
       |   ------------------- in the table of this fact
       |
       = help: did you mean `Overcharge`? if not, add the word to the table of `values`

    error[R0703]: column `amount`: `1,200.00` is not a number written like `1234.56`
     --> cases.csv:2:46
      |
    2 | 1,2016-03-23,NY,C1,maybe,healthy,Overcharged,"1,200.00",-5,ours,,Paid,x,Closed
      |                                              ^^^^^^^^^^

    error[R0104]: column `late_fee`: `dispute.related_charges[1].amount` is never below zero, found `-5 USD`
     --> cases.csv:2:57
      |
    2 | 1,2016-03-23,NY,C1,maybe,healthy,Overcharged,"1,200.00",-5,ours,,Paid,x,Closed
      |                                                         ^^
      |
      = help: write a share as `0.15`, and an amount or a number without a sign: `5.00 USD`, `4`

    error[R0103]: column `liability`: `finding.liability` expects one of our_error, shared, third_party, customer_error, misunderstanding, no_error, undetermined, found `ours`
     --> cases.csv:2:60
      |
    2 | 1,2016-03-23,NY,C1,maybe,healthy,Overcharged,"1,200.00",-5,ours,,Paid,x,Closed
      |                                                            ^^^^
      |
      = help: write one of the names that are listed, or `unknown` where nobody knows

    error[R0702]: column `result`: the mapping does not know the word `Paid`
      --> cases.csv:2:66
       |
     2 | 1,2016-03-23,NY,C1,maybe,healthy,Overcharged,"1,200.00",-5,ours,,Paid,x,Closed
       |                                                                  ^^^^
       |
      ::: mapping.yaml:23:3
       |
    23 |   outcome: {column: result, values: {Refunded: uphold, Refused: reject}}
       |   ------- in the table of this fact
       |
       = help: add it to the table of `values`, or say what every other word means: `otherwise: ...`

    error[R0703]: column `refunded`: `x` is not a number written like `1234.56`
      --> cases.csv:2:71
       |
     2 | 1,2016-03-23,NY,C1,maybe,healthy,Overcharged,"1,200.00",-5,ours,,Paid,x,Closed
       |                                                                       ^
       |
      ::: mapping.yaml:24:3
       |
    24 |   paid: {column: refunded}
       |   ---- read for this fact

    9 errors
    error[R0703]: the row has 8 cells, and the header names 14 columns
     --> cases.csv:3:1
      |
    3 | 2,02/30/2016,US-NY,C2,Y,,Overcharge,12
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: the first column without a cell is `late_fee`

    1 error
    error[R0703]: the row has 15 cells, and the header names 14 columns
     --> cases.csv:4:51
      |
    4 | 3,03/23/2016,US-NY,C3,Y,,Overcharge,1,200.00,,,,,,Open
      |                                                   ^^^^
      |
      = help: a text with `,` in it stands in quotes: `"one, two"`

    1 error
    error[R0703]: column `id`: the cell is empty
     --> cases.csv:5:1
      |
    5 | ,03/23/2016,US-NY,C4,Y,,Overcharge,1.00,,,,,,Open
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
     ::: mapping.yaml:8:3
      |
    8 |   complaint.case_id: {template: "T-{id}"}
      |   ----------------- read for this fact
      |
      = help: no row may leave it out, as the mapping has it

    1 error
    error[R0108]: column `customer`: `customer.customer_id` cannot be unknown
     --> cases.csv:6:20
      |
    6 | 5,03/23/2016,US-NY,unknown,Y,,Overcharge,1.00,,,,,,Open
      |                    ^^^^^^^
      |
      = help: leave it out if nobody has given it

    1 error
    0 left out
    "#);
}

#[test]
fn a_file_that_the_mapping_does_not_fit() {
    insta::assert_snapshot!(read("id,opened,opened,State,customer,leaving,flags,type,amount,late_fees,liability,branch,result,refunded,status\n"), @r"
    error[R0701]: two columns are named `opened`, and the mapping reads that column
     --> cases.csv:1:11
      |
    1 | id,opened,opened,State,customer,leaving,flags,type,amount,late_fees,liability,branch,result,refunded,status
      |    ------ ^^^^^^
      |    |
      |    the first
      |
      = help: give one of them another name

    error[R0701]: the file has no column `state`
      --> mapping.yaml:11:36
       |
    11 |   complaint.jurisdiction: {column: state}
       |                                    ^^^^^
       |
      ::: cases.csv:1:1
       |
     1 | id,opened,opened,State,customer,leaving,flags,type,amount,late_fees,liability,branch,result,refunded,status
       | ----------------------------------------------------------------------------------------------------------- the columns of the file
       |
       = help: did you mean `State`?

    error[R0701]: the file has no column `late_fee`
      --> mapping.yaml:19:76
       |
    19 |       - {kind: {constant: late_fee, because: Its column}, amount: {column: late_fee}}
       |                                                                            ^^^^^^^^
       |
      ::: cases.csv:1:1
       |
     1 | id,opened,opened,State,customer,leaving,flags,type,amount,late_fees,liability,branch,result,refunded,status
       | ----------------------------------------------------------------------------------------------------------- the columns of the file
       |
       = help: did you mean `late_fees`?

    3 errors
    ");
    insta::assert_snapshot!(read(&HEADER.replace(',', ";")).lines().take(12).collect::<Vec<_>>().join("\n"), @r#"
    error[R0701]: the file has one column only, as the mapping divides it
     --> cases.csv:1:1
      |
    1 | id;opened;state;customer;leaving;flags;type;amount;late_fee;liability;branch;result;refunded;status
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: say in the mapping what stands between its cells: `delimiter: ";"`

    1 error
    "#);
    insta::assert_snapshot!(read("\n\n"), @r"
    error[R0003]: the file has no rows, not even the names of its columns
     --> cases.csv:1:1
      |
    1 |
      | ^

    1 error
    ");
    insta::assert_snapshot!(read("PK\u{3}\u{4}\u{14}"), @r"
    error[R0703]: this is a spreadsheet or an archive, not CSV text
     --> cases.csv:1:1
      |
    1 |
      | ^
      |
      = help: save it as CSV from the program that shows it

    1 error
    ");
    insta::assert_snapshot!(read("i\0d\0\n"), @r"
    error[R0703]: the text holds zero bytes, as a UTF-16 file does
     --> cases.csv:1:1
      |
    1 |
      | ^
      |
      = help: save the file as UTF-8

    1 error
    ");
    insta::assert_snapshot!(read("id,opened\r1,2\r"), @r"
    error[R0703]: the lines of the file end in a carriage return alone
     --> cases.csv:1:1
      |
    1 |
      | ^
      |
      = help: save the file with the line ends of today

    1 error
    ");
}

#[test]
fn facts_of_the_company_keep_their_places() {
    let text = format!(
        "{HEADER}\n1,03/23/2016,US-NY,C1,Y,,Overcharge,1.00,,,North,,,Open\n2,03/23/2016,US-NY,C1,Y,,Overcharge,1.00,,,,,,Open\n"
    );
    let cases = open(MAPPING, &text).unwrap();
    assert_eq!(cases.unread_columns().count(), 0);
    let places: Vec<String> = cases
        .map(|case| match case.unwrap().attributes.get("branch") {
            Some(crate::case::ExtraFact::Written(node, place)) => {
                format!("{} {place} {}", node.describe(), place.source.slice(place.span))
            }
            other => format!("{:?}", other.is_some()),
        })
        .collect();
    insta::assert_snapshot!(places.join("\n"), @r"
    `North` cases.csv:2:44 North
    `none` mapping.yaml:21:46 none
    ");
}

#[test]
fn the_mediations_of_the_example_are_all_read() {
    let mapping = Source::new("mapping.yaml", include_str!("../../../examples/nyc-mediations/mapping.yaml"));
    let mapping = Mapping::read(&mapping).unwrap();
    let rows = include_str!("../../../examples/nyc-mediations/cases.csv");
    let mut cases = CsvCases::open(rows.as_bytes(), "cases.csv", &mapping).unwrap();
    assert_eq!(cases.unread_columns().count(), 0);
    let (mut read, mut paid) = (0, 0);
    while let Some(found) = cases.next_with_actual() {
        let found = found.map_err(|found| render_all(&found, false)).unwrap();
        read += 1;
        paid += usize::from(found.actual.paid == found.case.dispute.disputed_amount);
    }
    assert_eq!((read, paid, cases.rows_skipped()), (313, 313, 0));
    let assumed: Vec<&str> = mapping.assumptions().iter().map(|each| each.fact.as_str()).collect();
    insta::assert_snapshot!(assumed.join("\n"), @r"
    complaint.received_at
    complaint.channel
    complaint.regulator_reference
    complaint.language
    complaint.jurisdiction
    customer.customer_id
    customer.segment
    account.account_id
    account.product
    dispute.reason_code
    dispute.disputed_amount
    dispute.disputed_amount
    finding.status
    finding.status
    finding.liability
    finding.liability
    finding.correct_amount
    actual.outcome
    ");
}
