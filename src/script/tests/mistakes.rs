//! Expressions that are refused when they are loaded, each with its message.

use super::expressions::table;

const MISTAKES: &[&str] = &[
    "= ",
    "= 1 +",
    "= (1 + 2",
    "= 1 + * 2",
    "= a = 3",
    "= 1e5",
    "= 123456789012345678901234567890",
    "= - 0x8000000000000000",
    "= customer.teir == \"gold\"",
    "= finding.sverity",
    "= customer.tier.name",
    "= dispute.charges.amont",
    "= finding.severity == \"mnior\"",
    "= customer.tier in [\"gold\", \"platnum\"]",
    "= contains(dispute.charges.kind, \"late_fees\")",
    "= finding.liability < \"shared\"",
    "= customer.tier == finding.severity",
    "= complaint.jurisdiction == \"Virginia\"",
    "= dispute.amount > 100",
    "= dispute.amount + 5",
    "= complaint.day - complaint.day",
    "= complaint.day == complaint.received_at",
    "= \"12\" > 5",
    "= \"severe\" > \"trivial\"",
    "= \"total: \" + dispute.amount",
    "= finding.confirmed + 1",
    "= finding.severity && true",
    "= !history.none",
    "= -finding.confirmed",
    "= if history.none { 1 } else { 2 }",
    "= if finding.confirmed { 1 }",
    "= if finding.confirmed { 1 } else { \"one\" }",
    "= if finding.confirmed { let x = 1; x } else { 2 }",
    "= params.goodwill.short[finding.severity]",
    "= params.goodwill.base[\"huge\"]",
    "= params.cap[finding.severity]",
    "= customer.name ?? 5",
    "= [1, \"a\"]",
    "= mni(1, 2)",
    "= min(1, \"2\")",
    "= min()",
    "= instalments(dispute.amount)",
    "= instalments(5, 2)",
    "= sum(dispute.charges)",
    "= sum(dispute.charges.kind)",
    "= rate(dispute.amount, 2)",
    "= dispute.charges.map(|c| c.amount)",
    "= dispute.charges.len()",
    "= || 5",
    "= #{a: 1}",
    "= ()",
    "= 2 ** 3",
    "= 1; 2",
    "= let x = 1",
    "= eval(\"1\")",
    "= print(1)",
    "= switch finding.severity { \"minor\" => 1, _ => 2 }",
    "= loop { break 1 }",
    "= global::x",
    "= case.x",
];

#[test]
fn mistakes() {
    insta::assert_snapshot!(table(MISTAKES), @r#"
    =   ->  R0401 1:1 the expression is empty [write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`]
    = 1 +  ->  R0401 1:5 the text ends before it is complete [write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`]
    = (1 + 2  ->  R0401 1:8 `)` is missing for a matching ( in this expression [write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`]
    = 1 + * 2  ->  R0401 1:7 unexpected `*` [write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`]
    = a = 3  ->  R0401 1:5 `=` has no place here [`==` compares]
    = 1e5  ->  R0401 1:3 `1e5` is not a number that can be kept exactly [write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`]
    = 123456789012345678901234567890  ->  R0401 1:3 `123456789012345678901234567890` is not a number that can be kept exactly [write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`]
    = - 0x8000000000000000  ->  R0401 1:3 a number is too large to be kept exactly [write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`]
    = customer.teir == "gold"  ->  R0403 1:3 nothing is called `customer.teir` [did you mean `customer.tier`?]
    = finding.sverity  ->  R0403 1:3 nothing is called `finding.sverity` [did you mean `finding.severity`?]
    = customer.tier.name  ->  R0403 1:3 `customer.tier` is one of standard, silver, gold, platinum and has no `name` [name a fact, an output, a `let` or a parameter: `customer.tier`, `goodwill.amount`, `params.limit`]
    = dispute.charges.amont  ->  R0403 1:3 the items of `dispute.charges` have no `amont` [did you mean `amount`?]
    = finding.severity == "mnior"  ->  R0103 1:23 `mnior` is not one of trivial, minor, moderate, severe [did you mean `minor`?]
    = customer.tier in ["gold", "platnum"]  ->  R0103 1:29 `platnum` is not one of standard, silver, gold, platinum [did you mean `platinum`?]
    = contains(dispute.charges.kind, "late_fees")  ->  R0103 1:34 `late_fees` is not one of late_fee, interest, overdraft [did you mean `late_fee`?]
    = finding.liability < "shared"  ->  R0405 1:21 cannot compare one of our_error, shared, customer and text [only names that are declared `ordered` are more or less than one another]
    = customer.tier == finding.severity  ->  R0405 1:17 cannot compare one of standard, silver, gold, platinum and one of trivial, minor, moderate, severe [compare and calculate with values of one kind: `a >= money(5.00)`, `if(x > 3, 1, 2)`]
    = complaint.jurisdiction == "Virginia"  ->  R0103 1:29 `Virginia` is not a place [write a country or a part of it: `GB`, `US-VA`, `EU-ES`]
    = dispute.amount > 100  ->  R0405 1:18 cannot compare an amount of money and a whole number [write an amount as `money(20.00)`]
    = dispute.amount + 5  ->  R0405 1:18 cannot add an amount of money and a whole number [write an amount as `money(20.00)`]
    = complaint.day - complaint.day  ->  R0405 1:17 cannot subtract a date and a date [write `days_between(from, to)`]
    = complaint.day == complaint.received_at  ->  R0405 1:17 cannot compare a date and a time with its offset [write `day_of(...)` for the day of an instant]
    = "12" > 5  ->  R0405 1:8 cannot compare text and a whole number [compare and calculate with values of one kind: `a >= money(5.00)`, `if(x > 3, 1, 2)`]
    = "severe" > "trivial"  ->  R0405 1:12 cannot compare text and text [compare and calculate with values of one kind: `a >= money(5.00)`, `if(x > 3, 1, 2)`]
    = "total: " + dispute.amount  ->  R0405 1:13 cannot add text and an amount of money [write values into a text as `... ${x} ...` between backticks]
    = finding.confirmed + 1  ->  R0405 1:21 cannot add true or false and a whole number [compare and calculate with values of one kind: `a >= money(5.00)`, `if(x > 3, 1, 2)`]
    = finding.severity && true  ->  R0405 1:3 `&&` wants true or false, not one of trivial, minor, moderate, severe [compare and calculate with values of one kind: `a >= money(5.00)`, `if(x > 3, 1, 2)`]
    = !history.none  ->  R0405 1:3 `!` wants true or false, not a whole number [compare and calculate with values of one kind: `a >= money(5.00)`, `if(x > 3, 1, 2)`]
    = -finding.confirmed  ->  R0405 1:3 cannot turn the sign of true or false [compare and calculate with values of one kind: `a >= money(5.00)`, `if(x > 3, 1, 2)`]
    = if history.none { 1 } else { 2 }  ->  R0405 1:6 `if` wants true or false, not a whole number [compare and calculate with values of one kind: `a >= money(5.00)`, `if(x > 3, 1, 2)`]
    = if finding.confirmed { 1 }  ->  R0401 1:3 an `if` in an expression needs its `else` [write what it gives otherwise: `if a { b } else { c }`]
    = if finding.confirmed { 1 } else { "one" }  ->  R0405 1:3 the two branches of `if` are a whole number and text [compare and calculate with values of one kind: `a >= money(5.00)`, `if(x > 3, 1, 2)`]
    = if finding.confirmed { let x = 1; x } else { 2 }  ->  R0401 1:26 unexpected `let` [an expression is one value; put the rest into a function of a script file, and attach the script]
    = params.goodwill.short[finding.severity]  ->  R0403 1:25 `params.goodwill.short` has no entry for `severe` [it has trivial, minor, moderate]
    = params.goodwill.base["huge"]  ->  R0403 1:24 `params.goodwill.base` has no entry for `huge` [it has trivial, minor, moderate, severe]
    = params.cap[finding.severity]  ->  R0405 1:14 an amount of money has no entries [compare and calculate with values of one kind: `a >= money(5.00)`, `if(x > 3, 1, 2)`]
    = customer.name ?? 5  ->  R0405 1:17 the two sides of `??` are text and a whole number [compare and calculate with values of one kind: `a >= money(5.00)`, `if(x > 3, 1, 2)`]
    = [1, "a"]  ->  R0405 1:3 the items of a list are a whole number and text [compare and calculate with values of one kind: `a >= money(5.00)`, `if(x > 3, 1, 2)`]
    = mni(1, 2)  ->  R0402 1:3 there is no function `mni` [did you mean `min`?]
    = min(1, "2")  ->  R0405 1:3 cannot compare a whole number and text [it is called as `min(values: any, ...) -> the same`]
    = min()  ->  R0404 1:3 `min` takes 1 to 8 arguments, not 0 [it is called as `min(values: any, ...) -> the same`]
    = instalments(dispute.amount)  ->  R0404 1:3 `instalments` takes 2 arguments, not 1 [it is called as `instalments(total: money, count: integer) -> list of money`]
    = instalments(5, 2)  ->  R0405 1:3 `total` of `instalments` is an amount of money, not a whole number [it is called as `instalments(total: money, count: integer) -> list of money`]
    = sum(dispute.charges)  ->  R0405 1:3 cannot add up a consequential charge [it is called as `sum(list: list, [from: number or money]) -> number or money`]
    = sum(dispute.charges.kind)  ->  R0405 1:3 cannot add up one of late_fee, interest, overdraft [it is called as `sum(list: list, [from: number or money]) -> number or money`]
    = rate(dispute.amount, 2)  ->  R0405 1:3 a rate compares two numbers or two amounts, not an amount of money and a whole number [it is called as `rate(part: number or money, whole: number or money) -> decimal`]
    = dispute.charges.map(|c| c.amount)  ->  R0401 1:23 unexpected `|` [an expression is one value; put the rest into a function of a script file, and attach the script]
    = dispute.charges.len()  ->  R0407 1:19 an expression has no function `len`; only scripts have it [put it into a function of a script file, and attach the script]
    = || 5  ->  R0401 1:3 unexpected `||` [an expression is one value; put the rest into a function of a script file, and attach the script]
    = #{a: 1}  ->  R0407 1:3 an expression has no maps [put it into a function of a script file, and attach the script]
    = ()  ->  R0407 1:3 `()` is not a value [to ask whether a fact is there, write `is_missing(...)`]
    = 2 ** 3  ->  R0407 1:5 `**` is not an operator here [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    = 1; 2  ->  R0401 1:4 unexpected `;` [an expression is one value; put the rest into a function of a script file, and attach the script]
    = let x = 1  ->  R0401 1:3 unexpected `let` [an expression is one value; put the rest into a function of a script file, and attach the script]
    = eval("1")  ->  R0407 1:3 `eval` is not available [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    = print(1)  ->  R0407 1:3 `print` is not available [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    = switch finding.severity { "minor" => 1, _ => 2 }  ->  R0407 1:3 an expression has no `switch` [put it into a function of a script file, and attach the script]
    = loop { break 1 }  ->  R0401 1:3 unexpected `loop` [an expression is one value; put the rest into a function of a script file, and attach the script]
    = global::x  ->  R0407 1:3 an expression has no modules [put it into a function of a script file, and attach the script]
    = case.x  ->  R0401 1:3 `case` is a reserved word [choose another name]
    "#);
}
