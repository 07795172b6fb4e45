"""The room 客户档案: who the customers are, how to reach them, their cars and their complaints."""
