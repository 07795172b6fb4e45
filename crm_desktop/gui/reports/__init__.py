"""报表: the register 《顾客抱怨及返修记录》 for any period."""
